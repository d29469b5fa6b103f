/** The page of the engine's benchmark: one function a way to download, each giving milliseconds. */
import { createInPageEngine } from '../../src/engine/in-page/index.js';
import { pageHost } from '../../src/engine/in-page/delivery/page-host.js';
import type { BackgroundFetchUpdateUIEvent } from '../../src/standard/background-fetch.js';

const target = new EventTarget();
const engine = createInPageEngine(pageHost(target, location.origin));
let count = 0;

/** Its text runs in a worker too. */
async function drop(url: string): Promise<void> {
  const { body } = await fetch(url, { cache: 'no-store' });
  const reader = body?.getReader();
  while (reader && !(await reader.read()).done);
}

/** The ways compared. */
export const ways = {
  drop(size: number, rate = 0): Promise<void> {
    return drop(address(size, rate));
  },

  async worker(size: number, rate = 0): Promise<void> {
    const source = `(${drop.toString()})('${address(size, rate)}').then(postMessage)`;
    const worker = new Worker(URL.createObjectURL(new Blob([source])));
    await new Promise((resolve) => (worker.onmessage = resolve));
    worker.terminate();
  },

  async cache(size: number): Promise<void> {
    const cache = await caches.open('bench');
    const url = address(size);
    await cache.put(url, await fetch(url, { cache: 'no-store' }));
  },

  async engine(size: number, rate = 0): Promise<void> {
    const id = String(count++);
    const end = new Promise<void>((resolve, reject) => {
      const hear = (event: Event): void => {
        const { registration } = event as BackgroundFetchUpdateUIEvent;
        if (registration.id !== id) return;
        if (registration.result === 'success') resolve();
        else reject(new Error(registration.failureReason));
      };
      target.addEventListener('backgroundfetchsuccess', hear);
      target.addEventListener('backgroundfetchfail', hear);
    });
    await engine.fetch(id, address(size, rate));
    await end;
  },
};

/** What one run cost. Times in milliseconds; `heap` in bytes, where the browser tells. */
export interface Cost {
  readonly time: number;
  /** The longest time the page could do nothing else. */
  readonly gap: number;
  /** The longest task the browser reports (Chromium); it reports none under 50 ms. */
  readonly task: number;
  /** How much the live heap of the page and its workers grew at most. */
  readonly heap: number | undefined;
}

/** Runs one of them, at a rate in bytes a second or as fast as it goes, and tidies up. */
export async function time(way: keyof typeof ways, size: number, withHeap: boolean, rate = 0): Promise<Cost> {
  const gap = watchGaps();
  const task = watchTasks();
  const heap = withHeap ? await watchHeap() : undefined;
  const started = performance.now();
  await ways[way](size, rate);
  const cost = { time: performance.now() - started, gap: gap(), task: task(), heap: await heap?.() };
  await caches.delete('bench');
  // The engine deletes what nobody kept.
  await new Promise((resolve) => setTimeout(resolve, 500));
  return cost;
}

function watchTasks(): () => number {
  let longest = 0;
  const take = (entries: PerformanceEntryList): void => {
    longest = Math.max(longest, ...entries.map(({ duration }) => duration));
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type: 'longtask' });
  return () => {
    take(observer.takeRecords());
    observer.disconnect();
    return longest;
  };
}

/** Measures what is alive in the page and its workers again and again; undefined where the browser cannot. */
async function watchHeap(): Promise<(() => Promise<number>) | undefined> {
  const { performance } = globalThis as unknown as {
    performance: { measureUserAgentSpecificMemory?(): Promise<{ bytes: number }> };
  };
  if (!performance.measureUserAgentSpecificMemory) return undefined;
  const measure = async (): Promise<number> => (await performance.measureUserAgentSpecificMemory?.())?.bytes ?? 0;
  const before = await measure();
  let most = before;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) most = Math.max(most, await measure());
  })();
  return async () => {
    isOver = true;
    await watching;
    return most - before;
  };
}

function watchGaps(): () => number {
  const { port1, port2 } = new MessageChannel();
  let last = performance.now();
  let longest = 0;
  port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    setTimeout(() => port2.postMessage(0), 1);
  };
  port2.postMessage(0);
  return () => {
    port1.close();
    return longest;
  };
}

function address(size: number, rate = 0): string {
  return new URL(
    `/bytes?${new URLSearchParams({ size: String(size), rate: String(rate), once: String(performance.now()) }).toString()}`,
    location.href,
  ).href;
}

Object.assign(globalThis, { time });

// A page that nobody drives does what its address says, and tells the server.
const asked = new URLSearchParams(location.search);
const way = asked.get('way');
if (way) {
  await fetch('/told?ready');
  const said = time(way as keyof typeof ways, Number(asked.get('size')), false, Number(asked.get('rate'))).then(
    () => '',
    (error: unknown) => (error as Error).message,
  );
  await fetch(`/told?${encodeURIComponent(await said)}`);
}
