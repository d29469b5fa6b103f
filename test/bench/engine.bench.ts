/** How fast, how light and how smooth the in-page engine is, beside a bare `fetch` and beside Cache, in the same run. */
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestPage } from '../browsers/browser.js';
import type { BrowserName } from '../browsers/find.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import type { Cost } from './engine-page.js';

const MIB = 1024 * 1024;
const SIZE = Number(process.env.BENCH_SIZE ?? 500) * MIB;
const LARGE = Number(process.env.BENCH_LARGE ?? 2048) * MIB;
const RATE = Number(process.env.BENCH_RATE ?? 100) * MIB;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const WAYS = ['drop', 'cache', 'engine'] as const;

/** Runs in the browsers named, or in all. */
export async function run(browsers: readonly string[]): Promise<void> {
  const { port, end } = await startServer();
  for (const name of BROWSERS.filter((each) => browsers.length === 0 || browsers.includes(each))) {
    const browser = await launch(name);
    try {
      const page = await browser.open(`http://localhost:${port}/`);
      await measure(name, page);
    } finally {
      await browser.dispose();
    }
  }
  end();
}

async function measure(name: BrowserName, page: TestPage): Promise<void> {
  const costs = new Map<string, Cost[]>(WAYS.map((way) => [way, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const way of WAYS) {
      const cost = await page.evaluate(timeInPage, way, SIZE, false);
      // The first round warms up.
      if (round > 0) costs.get(way)?.push(cost);
    }
  }
  const [drop = 0, cache = 0, engine = 0] = WAYS.map((way) => median((costs.get(way) ?? []).map(({ time }) => time)));
  const most = (what: 'gap' | 'task'): string => ms(Math.max(...(costs.get('engine') ?? []).map((cost) => cost[what])));
  say(name, `${SIZE / MIB} MB: fetch and drop ${ms(drop)}, cache.put ${ms(cache)}, engine ${ms(engine)}`);
  say(name, `engine is ${(engine / drop).toFixed(2)} × fetch and drop, ${(engine / cache).toFixed(2)} × cache.put`);
  say(name, `engine's page was busy for ${most('gap')} at most; its longest task of 50 ms or more: ${most('task')}`);
  if (LARGE === 0) return;
  // What comes faster than any line does piles up in the browser before a page can read it; the second rate is a real one.
  for (const rate of [0, RATE]) for (const way of ['drop', 'engine'] as const) await weigh(name, page, way, rate);
  if (DRIVEN[name]) say(name, DRIVEN[name]);
}

/** What stays in memory only because a browser is driven. */
const DRIVEN: Partial<Record<BrowserName, string>> = {
  firefox: 'its driver keeps the bodies of responses: without one the others do not grow at a real rate',
  webkit: 'a driven one has a private session, with its databases in memory: the engine’s bytes rest in the others',
};

async function weigh(name: BrowserName, page: TestPage, way: 'drop' | 'engine', rate: number): Promise<void> {
  const before = memoryOfChildren();
  const peak = { ...before };
  const timer = setInterval(() => {
    const now = memoryOfChildren();
    for (const kind of ['pages', 'others'] as const) peak[kind] = Math.max(peak[kind], now[kind]);
  }, 200);
  const { heap } = await page.evaluate(timeInPage, way, LARGE, true, rate);
  clearInterval(timer);
  const grown = (kind: 'pages' | 'others'): string => mb(peak[kind] - before[kind]);
  const live = heap === undefined ? '' : `, the live heap of the page and its workers by ${mb(heap)}`;
  const at = rate === 0 ? 'as fast as it goes' : `${rate / MIB} MB/s`;
  say(
    name,
    `${LARGE / MIB} MB, ${way}, ${at}: pages' processes grew by ${grown('pages')}, the others by ${grown('others')}${live}`,
  );
}

/** In the page. */
async function timeInPage(way: string, size: number, withHeap: boolean, rate = 0): Promise<Cost> {
  const scope = globalThis as unknown as {
    time?: (way: string, size: number, withHeap: boolean, rate: number) => Promise<Cost>;
  };
  while (!scope.time) await new Promise((resolve) => setTimeout(resolve, 50));
  return scope.time(way, size, withHeap, rate);
}

async function startServer(): Promise<{ port: number; end: () => void }> {
  const bundle = async (file: string, platform: 'browser' | 'node'): Promise<string> => {
    const entry = fileURLToPath(new URL(`../../test/bench/${file}`, import.meta.url));
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      minify: platform === 'browser',
      platform,
      format: 'esm',
      write: false,
    });
    return outputFiles[0]?.text ?? '';
  };
  const server = spawn(process.execPath, ['--input-type=module', '-e', await bundle('engine-server.ts', 'node')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  server.send(await bundle('engine-page.ts', 'browser'));
  const port = await new Promise<number>((resolve) => server.once('message', (message) => resolve(Number(message))));
  return { port, end: () => server.kill() };
}

/** Resident bytes of all processes under this one, from the kernel: of those that pages live in, and of the others. */
function memoryOfChildren(): { pages: number; others: number } {
  const parents = new Map<number, number>();
  const sum = { pages: 0, others: 0 };
  const found: { pid: number; size: number; kind: 'pages' | 'others' }[] = [];
  for (const pid of readdirSync('/proc')
    .map(Number)
    .filter((id) => id > 0)) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const isPage = /--type=renderer| tab$|WebKitWebProcess/.test(
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim(),
      );
      parents.set(pid, Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
      const size = Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
      found.push({ pid, size, kind: isPage ? 'pages' : 'others' });
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOurs = (pid: number | undefined): boolean => pid !== undefined && (pid === process.pid || isOurs(parents.get(pid)));
  for (const { pid, size, kind } of found) if (isOurs(parents.get(pid))) sum[kind] += size;
  return sum;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function ms(time: number): string {
  return `${Math.round(time)} ms`;
}

function mb(bytes: number): string {
  return `${Math.round(bytes / MIB)} MB`;
}

function say(name: string, line: string): void {
  process.stdout.write(`${name}: ${line}\n`);
}
