/** Stops the worker before, at every write of, and after one command or end event, and looks whether all is right then. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { FetchRecord, FetchStatus } from '../../src/index.js';
import { waitFor, type TestBrowser, type TestPage } from '../browsers/browser.js';
import { bytesOf } from '../server/content.js';
import { TestServer } from '../server/server.js';
import { HALTING_WORKER, order } from './halt.js';
import { fetched, page, whole } from './stage.js';

/** Runs in the page. `integrity` is that of the first file. */
export type Act = (id: string, urls: string[], integrity: string) => unknown;

/** One thing that a stop may interrupt. */
export interface Case {
  readonly what: string;
  /** The command, as the worker hears it, or the event. */
  readonly at: string;
  readonly engine: 'native' | 'in-page';
  /** Each file's query. */
  readonly files: readonly string[];
  readonly arrange?: Act;
  /** Done just before `act`. */
  readonly before?: Act;
  /** What the download has to be before and after `act`, where that takes longer than the call. */
  readonly from?: FetchStatus;
  readonly act: Act;
  readonly over?: FetchStatus;
  /** What the download is in the end; undefined when nothing may be known of it. */
  readonly end: Partial<FetchRecord> | undefined;
  /** Which files are there when the server is gone; all unless given. */
  readonly kept?: readonly boolean[];
  /** The page is closed while the worker is stopped. */
  readonly leaves?: boolean;
}

/** Of every file, in bytes. */
export const SIZE = 200 * 1024;

/** How long an end event may come after its end, in milliseconds. */
const LATE = 3000;

/** All the stops of one case, on an origin of its own. */
export class Stops {
  readonly #case: Case;
  readonly #ids: string[] = [];
  #server!: TestServer;
  #browser!: TestBrowser;
  #tab!: TestPage;

  constructor(each: Case) {
    this.#case = each;
  }

  async run(browser: TestBrowser): Promise<void> {
    this.#browser = browser;
    this.#server = await TestServer.start();
    const { pages, origin } = this.#server;
    const { engine } = this.#case;
    pages.set('/sw.js', HALTING_WORKER);
    pages.set('/away', '<!doctype html>');
    pages.set(
      '/',
      page(`<bg-fetch-provider service-worker="/sw.js" engine="${engine === 'native' ? 'auto' : engine}"></bg-fetch-provider>`),
    );
    this.#tab = await browser.open(`${origin}/`);
    try {
      await this.#stopAll();
      await this.#visit();
      for (const id of this.#ids) await this.#isRight(id);
      await this.#server.stop();
      for (const id of this.#ids) await this.#isWhole(id);
    } finally {
      await this.#tab.close();
      await this.#server.stop();
    }
  }

  async #stopAll(): Promise<void> {
    await this.#stop('before');
    let step = 1;
    while (await this.#stop(step)) step++;
    // Else nothing was stopped in its midst.
    expect(step).toBeGreaterThan(1);
  }

  /** One download and one stop; true when it came in the midst. */
  async #stop(step: 'before' | number): Promise<boolean> {
    const { what, arrange, from, before, act, over, at, leaves = false } = this.#case;
    const id = `${what}, stopped at ${step}`;
    this.#ids.push(id);
    const run = (part: Act) => this.#tab.evaluate(part, id, this.#urls(id), integrityOf(this.#seed(id, 0)));
    if (leaves || step === 'before' || this.#case.engine === 'native') await this.#visit();
    const perform = async () => {
      await run(act);
      if (over) await this.#reaches(id, over);
      return false;
    };
    // An end comes when it comes: the order has to be there first.
    const isEnd = at.startsWith('backgroundfetch');
    const early = isEnd && step !== 'before' ? await order(this.#tab, { at, id, step }) : undefined;
    if (arrange) await run(arrange);
    if (from) await this.#reaches(id, from);
    if (before) await run(before);
    let midst = false;
    let answered: Promise<boolean>;
    if (step === 'before') {
      await this.#stopWorker();
      answered = perform();
    } else {
      const { halted } = early ?? (await order(this.#tab, { at, id, step }));
      answered = perform();
      // The page may know the end before the worker hears of it.
      const ended = answered.then((none) => (isEnd ? sleep(LATE, none) : none));
      ended.catch(() => undefined);
      midst = await Promise.race([halted(), ended]);
      await this.#stopWorker();
    }
    if (!midst || !leaves) await answered;
    else {
      answered.catch(() => undefined);
      await this.#tab.goto(`${this.#server.origin}/away`);
    }
    return midst;
  }

  async #stopWorker(): Promise<void> {
    expect(await this.#browser.stopServiceWorkers(this.#server.origin)).toBe(true);
  }

  async #visit(): Promise<void> {
    await this.#tab.goto(`${this.#server.origin}/`);
    await this.#tab.evaluate(() => document.querySelector('bg-fetch-provider')!.client!.list());
  }

  async #isRight(id: string): Promise<void> {
    const { end } = this.#case;
    await waitFor(
      this.#tab,
      `"${id}" to be ${end ? JSON.stringify(end) : 'gone'}`,
      async (of, wanted) => {
        const { client } = document.querySelector('bg-fetch-provider')!;
        // What was removed goes when it cannot be restored any more.
        if (!wanted) await client!.list();
        const now = client!.records.get(of);
        // What the browser gave up by itself has failed for a moment, and goes on.
        return wanted
          ? now && Object.entries(wanted).every(([key, value]) => now[key as keyof FetchRecord] === value)
          : now === undefined;
      },
      [id, end] as const,
    ).catch(async (error: unknown) => {
      const now = await this.#tab.evaluate((of) => document.querySelector('bg-fetch-provider')!.client!.records.get(of), id);
      throw new Error(`${(error as Error).message} It is ${JSON.stringify(now)}.`);
    });
  }

  async #reaches(id: string, status: FetchStatus): Promise<void> {
    await waitFor(
      this.#tab,
      `"${id}" to be ${status}`,
      (of, as) => document.querySelector('bg-fetch-provider')!.client?.records.get(of)?.status === as,
      [id, status],
    );
  }

  /** Without the server a file is there as a whole, or not at all. */
  async #isWhole(id: string): Promise<void> {
    const { kept } = this.#case;
    for (const [i, url] of this.#urls(id).entries()) {
      const there = await fetched(this.#tab, url).catch(() => undefined);
      expect(there).toEqual((kept?.[i] ?? true) ? whole(this.#seed(id, i), SIZE) : undefined);
    }
  }

  #urls(id: string): string[] {
    return this.#case.files.map((query, i) => {
      const seed = encodeURIComponent(this.#seed(id, i));
      return `${this.#server.origin}/files/${seed}?${query}&seed=${seed}`;
    });
  }

  #seed(id: string, place: number): string {
    return `${id}, file ${place}`;
  }
}

function integrityOf(seed: string): string {
  return `sha256-${createHash('sha256')
    .update(bytesOf(seed, 0, SIZE))
    .digest('base64')}`;
}
