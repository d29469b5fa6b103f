/** How long a command to the manager takes, warm and right after its worker was stopped, beside a bare message there and back. */
import type {} from '../../src/index.js';
import type { TestBrowser, TestPage } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { TestServer } from '../server/server.js';

const CALLS = 300;
const STOPS = 20;

const WORKER = `addEventListener('message', ({ data, ports }) => data === 'ping' && ports[0].postMessage('pong'));
importScripts('/dist/cdn/service-worker.js');`;

const PAGE = `<!doctype html>
<script type="module" src="/dist/cdn/bg-fetch-elements.js"></script>
<bg-fetch-provider service-worker="/sw.js"></bg-fetch-provider>`;

/** Runs in the browsers named, or in all. */
export async function run(browsers: readonly string[]): Promise<void> {
  const server = await TestServer.start();
  server.pages.set('/sw.js', WORKER);
  server.pages.set('/', PAGE);
  for (const name of BROWSERS.filter((each) => browsers.length === 0 || browsers.includes(each))) {
    const browser = await launch(name);
    try {
      const page = await browser.open(`${server.origin}/`);
      await measure(name, browser, page);
    } finally {
      await browser.dispose();
    }
  }
  await server.stop();
}

async function measure(name: string, browser: TestBrowser, page: TestPage): Promise<void> {
  await page.evaluate(ready);
  await page.evaluate(timeCalls, 1);
  const warm = await page.evaluate(timeCalls, CALLS);
  const bare = await page.evaluate(timePings, CALLS);
  const stopped: number[] = [];
  for (let i = 0; i < STOPS && (await browser.stopServiceWorkers()); i++) stopped.push(...(await page.evaluate(timeCalls, 1)));
  const writing = await page.evaluate(timeWrites, CALLS);
  const after = stopped.length > 0 ? `, ${show(median(stopped))} after a stop` : '';
  process.stdout.write(
    `${name}: a call takes ${show(median(warm))} warm (95 % under ${show(quantile(warm, 0.95))}), one that writes ${show(median(writing))} (${show(quantile(writing, 0.95))}), a bare message ${show(median(bare))}${after}\n`,
  );
}

/** In the page. */
async function ready(): Promise<void> {
  await customElements.whenDefined('bg-fetch-provider');
  await document.querySelector('bg-fetch-provider')!.client!.list();
}

/** In the page: a command that reads a record and writes nothing, so many times, one after the other. */
async function timeCalls(count: number): Promise<number[]> {
  const { client } = document.querySelector('bg-fetch-provider')!;
  const times: number[] = [];
  while (times.length < count) {
    const begun = performance.now();
    await client!.discard('nobody').catch((error: unknown) => {
      if ((error as Error).name !== 'NotFoundError') throw error;
    });
    times.push(performance.now() - begun);
  }
  return times;
}

/** In the page: commands that each write a record, removing a download and taking that back. */
async function timeWrites(count: number): Promise<number[]> {
  const { client } = document.querySelector('bg-fetch-provider')!;
  await client!.start('somebody', '/files/small.bin?size=1k');
  const isDone = () => client!.records.get('somebody')?.status === 'done';
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 50));
  const times: number[] = [];
  while (times.length < count) {
    for (const command of ['discard', 'restore'] as const) {
      const begun = performance.now();
      await client![command]('somebody');
      times.push(performance.now() - begun);
    }
  }
  return times;
}

/** In the page: a message to the worker and its answer, through a port of its own as a call has one. */
async function timePings(count: number): Promise<number[]> {
  const { active } = (await navigator.serviceWorker.getRegistration())!;
  const times: number[] = [];
  while (times.length < count) {
    const begun = performance.now();
    const { port1, port2 } = new MessageChannel();
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      active!.postMessage('ping', [port2]);
    });
    port1.close();
    times.push(performance.now() - begun);
  }
  return times;
}

function median(times: readonly number[]): number {
  return quantile(times, 0.5);
}

function quantile(times: readonly number[], share: number): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? NaN;
}

function show(time: number): string {
  return `${time.toFixed(1)} ms`;
}
