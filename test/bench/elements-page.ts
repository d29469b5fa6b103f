/** The page of the elements' benchmark: the same rows, shown by this kit and as plain markup, and what they cost. */
import type { FetchRecord } from '../../src/manager/record.js';
import { createRecord, PuppetClient } from '../../src/testing/index.js';
import '../../src/define.js';

/** One download, as every subject is told of it. */
export interface Row {
  readonly index: number;
  readonly title: string;
  readonly total: number;
  loaded: number;
}

/** Who shows the rows. */
interface Subject {
  /** What a page has done before there are rows. */
  prepare?(rows: readonly Row[], place: HTMLElement): void;
  /** Resolves when rows are there to be painted. */
  show(rows: readonly Row[], place: HTMLElement): void | Promise<void>;
  change(rows: readonly Row[]): void;
}

const TOTAL = 60_000_000;
/** Each row changes so often a second. */
const RATE = 4;
const TICK = 10;

/** This kit's list, its rows told by the client. */
class Ours implements Subject {
  #client = new PuppetClient();
  readonly #provider = document.createElement('bg-fetch-provider');

  prepare(rows: readonly Row[], place: HTMLElement): void {
    this.#provider.client = new PuppetClient();
    this.#provider.append(document.createElement('bg-fetch-list'));
    place.append(this.#provider);
    this.#client = new PuppetClient(rows.map(toRecord));
  }

  async show(): Promise<void> {
    this.#provider.client = this.#client;
    const list = this.#provider.querySelector('bg-fetch-list')!;
    await list.updateComplete;
    await list.shadowRoot!.querySelector('bg-fetch-item')!.updateComplete;
  }

  change(rows: readonly Row[]): void {
    const changedAt = Date.now();
    for (const { index, loaded } of rows) {
      const before = this.#client.records.get(`id-${index}`);
      if (before) this.#client.records.set({ ...before, downloaded: loaded, changedAt });
    }
  }
}

/** A title, a `<progress>`, words and two buttons: the least a site would write, in rows as high as this kit's. */
class Plain implements Subject {
  #rows: { bar: HTMLProgressElement; words: HTMLElement }[] = [];

  show(rows: readonly Row[], place: HTMLElement): void {
    const template = document.createElement('template');
    template.innerHTML = `<div class="plain"><span class="art">E</span><div><b></b><progress max="100"></progress><span></span></div>
      <button>Pause</button><button>Cancel</button></div>`;
    const made = rows.map(({ title }) => {
      const element = template.content.firstElementChild?.cloneNode(true) as HTMLElement;
      element.querySelector('b')!.textContent = title;
      this.#rows.push({ bar: element.querySelector('progress')!, words: element.querySelector('span:last-child')! });
      return element;
    });
    place.append(...made);
    this.change(rows);
  }

  change(rows: readonly Row[]): void {
    for (const { index, loaded, total } of rows) {
      const { bar, words } = this.#rows[index]!;
      const percent = Math.floor((loaded / total) * 100);
      bar.value = percent;
      words.textContent = `${percent} %`;
    }
  }
}

const scope = globalThis as unknown as { subjects?: Record<string, Subject> };
Object.assign((scope.subjects ??= {}), { ours: new Ours(), plain: new Plain() });

const place = document.body.appendChild(document.createElement('main'));

function rowsOf(count: number): Row[] {
  return Array.from({ length: count }, (_, index) => ({ index, title: `Episode ${index}`, total: TOTAL, loaded: index * 100 }));
}

function toRecord({ index, title, loaded }: Row): FetchRecord {
  return createRecord({ id: `id-${index}`, title, downloaded: loaded, downloadTotal: TOTAL, startedAt: index + 1 });
}

/** Frames, and how many did not come in their time. */
class Frames {
  count = 0;
  late = 0;
  #last = 0;
  #runs = true;

  constructor(each?: () => void) {
    const frame = (now: number) => {
      if (!this.#runs) return;
      if (this.#last > 0) {
        this.count++;
        this.late += Math.max(0, Math.round((now - this.#last) / (1000 / 60)) - 1);
      }
      this.#last = now;
      each?.();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  stop(): void {
    this.#runs = false;
  }
}

const bench = {
  /** Shows so many rows; milliseconds until they are painted. */
  async show(name: string, count: number): Promise<number> {
    const rows = rowsOf(count);
    const subject = subjectOf(name);
    subject.prepare?.(rows, place);
    await settled();
    const started = performance.now();
    await subject.show(rows, place);
    await painted();
    return performance.now() - started;
  },

  /** Changes every row four times a second for so many seconds; frames a second. */
  async run(name: string, count: number, seconds: number): Promise<number> {
    const rows = rowsOf(count);
    const subject = subjectOf(name);
    const started = performance.now();
    let told = 0;
    const frames = new Frames();
    const timer = setInterval(() => {
      const due = Math.floor(((performance.now() - started) / 1000) * RATE * count);
      const changed = Array.from({ length: Math.min(count, due - told) }, (_, each) => rows[(told + each) % count]!);
      told = due;
      for (const row of changed) row.loaded = Math.min(TOTAL * 0.98, row.loaded + TOTAL / 400);
      subject.change(changed);
    }, TICK);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    clearInterval(timer);
    frames.stop();
    return frames.count / seconds;
  },

  /** Scrolls on by so many pixels a frame; frames that did not come in their time, of all. */
  async scroll(step: number, frames: number): Promise<{ late: number; count: number }> {
    const watch = new Frames(() => window.scrollBy(0, step));
    while (watch.count < frames) await new Promise(requestAnimationFrame);
    watch.stop();
    return { late: watch.late, count: watch.count };
  },
};

export type Bench = typeof bench;

function subjectOf(name: string): Subject {
  const subject = scope.subjects?.[name];
  if (!subject) throw new Error(`There is no subject "${name}".`);
  return subject;
}

/** What loads by itself is loaded. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000));
}

async function painted(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

Object.assign(globalThis, { bench });
