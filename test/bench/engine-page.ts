/** The page of the engine's benchmark: one function a way to download, each giving milliseconds. */
import { createInPageEngine, pageHost } from '../../src/engine/in-page/index.js';
import type { BackgroundFetchUpdateUIEvent } from '../../src/standard/background-fetch.js';

const target = new EventTarget();
const engine = createInPageEngine(pageHost(target));
let count = 0;

/** The ways compared. */
export const ways = {
  async drop(size: number): Promise<void> {
    const { body } = await fetch(address(size), { cache: 'no-store' });
    const reader = body?.getReader();
    while (reader && !(await reader.read()).done);
  },

  async cache(size: number): Promise<void> {
    const cache = await caches.open('bench');
    const url = address(size);
    await cache.put(url, await fetch(url, { cache: 'no-store' }));
  },

  async engine(size: number): Promise<void> {
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
    await engine.fetch(id, address(size));
    await end;
  },
};

/** Runs one of them and tidies up; the longest time that the page could do nothing else is told too. */
export async function time(way: keyof typeof ways, size: number): Promise<{ time: number; gap: number }> {
  const watch = watchGaps();
  const started = performance.now();
  await ways[way](size);
  const took = performance.now() - started;
  const gap = watch();
  await caches.delete('bench');
  // The engine deletes what nobody kept.
  await new Promise((resolve) => setTimeout(resolve, 500));
  return { time: took, gap };
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

function address(size: number): string {
  return new URL(
    `/bytes?${new URLSearchParams({ size: String(size), once: String(performance.now()) }).toString()}`,
    location.href,
  ).href;
}

Object.assign(globalThis, { time });
