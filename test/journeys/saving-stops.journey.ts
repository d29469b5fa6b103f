/**
 * Each version of a course is downloaded over the one before, under the same id and from the same addresses, and the worker is stopped at
 * another moment of storing it: a record that is `done` has three files of the new version, else the download goes on until it has.
 */
import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { describe } from 'vitest';
import { until, waitFor, type TestPage } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import type { BackgroundFetchManager } from '../../src/standard/background-fetch.js';
import { bytesOf } from '../server/content.js';
import { journey } from './journey.js';
import { fetched, fetchedRange, page } from './stage.js';

const FILES = ['/course/1.bin', '/course/2.bin', '/course/3.bin'];
const STOPS = 12;
const PART = [1_000_000, 1_000_099] as const;

/** `step`: milliseconds between the stops. What the browser's own engine brings is copied, what the page has stored stays where it is. */
const WAYS = [
  { engine: 'native', step: 50, size: 24 * 2 ** 20 },
  { engine: 'in-page', step: 4, size: 4 * 2 ** 20 },
] as const;

/** The files of the newest version; no server at all while it is gone. */
class Course {
  gone = false;
  #files: readonly Uint8Array[] = [];
  readonly #size: number;
  #version = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** Publishes the next version, which has another size. */
  publish(): void {
    this.#version += 1;
    this.#files = FILES.map((url) => bytesOf(`${url}, version ${this.#version}`, 0, this.#size + this.#version));
  }

  get files() {
    return this.#files.map((bytes) => ({
      whole: { status: 200, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
      part: {
        status: 206,
        range: `bytes ${PART[0]}-${PART[1]}/${bytes.length}`,
        bytes: [...bytes.subarray(PART[0], PART[1] + 1)],
      },
    }));
  }

  handler(place: number): RequestListener {
    return (request, response) => {
      const bytes = this.#files[place]!;
      if (this.gone) return void request.socket.destroy();
      const headers = { 'content-length': bytes.length, etag: `"${this.#version}"`, 'cache-control': 'no-store' };
      response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : bytes);
    };
  }
}

/** Starts the download; resolves with its status so many milliseconds after its end has begun to be stored. */
async function startAndWait(tab: TestPage, urls: readonly string[], time: number): Promise<string | undefined> {
  await tab.click('body');
  return tab.evaluate(
    async (files, after) => {
      const { client } = document.querySelector('bg-fetch-provider')!;
      const saving = new Promise<void>((resolve) => {
        client!.subscribe((_id, record) => record?.status === 'saving' && resolve(), { id: 'course' });
      });
      await client!.start('course', files);
      await saving;
      await new Promise((resolve) => setTimeout(resolve, after));
      return client!.records.get('course')?.status;
    },
    [...urls],
    time,
  );
}

/** Waits until it is done; resolves with the sizes in the record then. */
function sizesWhenDone(tab: TestPage) {
  return waitFor(
    tab,
    'the course to be done',
    async () => {
      const { client } = document.querySelector('bg-fetch-provider') ?? {};
      const record = client && (await client.list()).find(({ id }) => id === 'course');
      return record?.status === 'done' && record.files.map(({ downloaded }) => downloaded);
    },
    [],
  ).catch(async (error: unknown) => {
    const now = await tab.evaluate(async () => {
      const { backgroundFetch } = (await navigator.serviceWorker.ready) as unknown as { backgroundFetch: BackgroundFetchManager };
      return {
        record: document.querySelector('bg-fetch-provider')!.client!.records.get('course'),
        active: await backgroundFetch.getIds(),
        locks: await navigator.locks.query(),
      };
    });
    throw new Error(`${(error as Error).message} It is ${JSON.stringify(now)}.`);
  });
}

// Only Chromium can be told to stop its workers.
describe.runIf(BROWSERS.includes('chromium'))('in chromium', { concurrent: true }, () => {
  journey.for(WAYS)('is the new version or not done ($engine)', async ({ engine, step, size }, { server, start, expect }) => {
    const course = new Course(size);
    for (const [place, url] of FILES.entries()) server.answers.set(url, course.handler(place));
    const choice = engine === 'native' ? 'auto' : engine;
    server.pages.set('/', page(`<bg-fetch-provider service-worker="/sw.js" engine="${choice}"></bg-fetch-provider>`));
    const browser = await start('chromium');
    const tab = await browser.open(`${server.origin}/`);
    const ready = () =>
      until('a worker that controls the page', () =>
        tab.evaluate(
          () => navigator.serviceWorker.controller !== null && document.querySelector('bg-fetch-provider')?.client !== undefined,
        ),
      );
    await ready();
    const seen: (string | undefined)[] = [];
    for (let stop = 0; stop <= STOPS; stop++) {
      course.publish();
      seen.push(await startAndWait(tab, FILES, (stop - 1) * step));
      // The first version is whole before the others come.
      if (stop > 0) {
        await browser.stopServiceWorkers(server.origin);
        await tab.goto(`${server.origin}/`);
      }
      const sizes = await sizesWhenDone(tab);
      course.gone = true;
      for (const [place, { whole, part }] of course.files.entries()) {
        expect(sizes[place]).toBe(whole.size);
        expect(await fetched(tab, FILES[place]!)).toEqual(whole);
        expect(await fetchedRange(tab, FILES[place]!, ...PART)).toEqual(part);
      }
      course.gone = false;
      await ready();
    }
    // Else nothing was stopped in its midst.
    expect(seen.filter((status) => status === 'saving').length).toBeGreaterThan(2);
  });
});
