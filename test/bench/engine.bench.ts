/** How fast, how light and how smooth the in-page engine is, beside a bare `fetch` and beside Cache, in the same run. */
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestPage } from '../browsers/browser.js';
import { findBrowsers, type BrowserName } from '../browsers/find.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { MiniBrowser } from '../browsers/mini-browser.js';
import type { Cost } from './engine-page.js';

const MIB = 1024 * 1024;
const SIZE = Number(process.env.BENCH_SIZE ?? 500) * MIB;
const LARGE = Number(process.env.BENCH_LARGE ?? 2048) * MIB;
const RATE = Number(process.env.BENCH_RATE ?? 100) * MIB;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const WAYS = ['drop', 'cache', 'engine'] as const;

/** Runs in the browsers named, or in all. */
export async function run(browsers: readonly string[]): Promise<void> {
  const server = await startServer();
  for (const name of BROWSERS.filter((each) => browsers.length === 0 || browsers.includes(each))) {
    const browser = await launch(name);
    try {
      const page = await browser.open(server.page);
      await measure(name, page);
      if (LARGE > 0 && name === 'chromium') await weighEach((way, rate) => weigh(name, page, way, rate));
    } finally {
      await browser.dispose();
    }
    if (LARGE > 0 && name !== 'chromium') await weighEach((way, rate) => weighAlone(name, server, way, rate));
  }
  server.end();
}

async function measure(name: BrowserName, page: TestPage): Promise<void> {
  const costs = new Map<string, Cost[]>(WAYS.map((way) => [way, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const way of WAYS) {
      costs.get(way)?.push(await page.evaluate(timeInPage, way, SIZE, false));
    }
  }
  // The first round warms up; the page starts workers and opens databases in it.
  const [drop = 0, cache = 0, engine = 0] = WAYS.map((way) => median((costs.get(way) ?? []).slice(1).map(({ time }) => time)));
  const most = (what: 'gap' | 'task', way: Way | 'cache' = 'engine'): string =>
    ms(Math.max(...(costs.get(way) ?? []).map((cost) => cost[what])));
  say(name, `${SIZE / MIB} MB: fetch and drop ${ms(drop)}, cache.put ${ms(cache)}, engine ${ms(engine)}`);
  say(name, `engine is ${(engine / drop).toFixed(2)} × fetch and drop, ${(engine / cache).toFixed(2)} × cache.put`);
  say(name, `engine's page was busy for ${most('gap')} at most; its longest task of 50 ms or more: ${most('task')}`);
  say(name, `with fetch and drop it was busy for ${most('gap', 'drop')}, with cache.put for ${most('gap', 'cache')}`);
}

/** What comes faster than any line does piles up in the browser before a worker can read it; the second rate is a real one. */
async function weighEach(each: (way: Way, rate: number) => Promise<void>): Promise<void> {
  for (const rate of [0, RATE]) for (const way of ['drop', 'worker', 'engine'] as const) await each(way, rate);
}

async function weigh(name: BrowserName, page: TestPage, way: Way, rate: number): Promise<void> {
  const grown = watchMemory();
  const { heap } = await page.evaluate(timeInPage, way, LARGE, true, rate);
  const live = heap === undefined ? '' : `, the live heap of the page and its workers by ${mb(heap)}`;
  tellGrown(name, way, rate, grown(), live);
}

/**
 * In a browser that nobody drives: Firefox's driver keeps the bodies of responses, and a driven WebKit keeps databases in memory.
 */
async function weighAlone(name: BrowserName, server: BenchServer, way: Way, rate: number): Promise<void> {
  const url = `${server.page}?${new URLSearchParams({ way, size: String(LARGE), rate: String(rate) }).toString()}`;
  const ready = server.told();
  const end = name === 'webkit' ? await startWebKit(url) : await startFirefox(url);
  await ready;
  const grown = watchMemory();
  const failure = await server.told();
  tellGrown(name, way, rate, grown(), failure && `; it failed: ${failure}`);
  await end();
}

async function startWebKit(url: string): Promise<() => Promise<void>> {
  const browser = await MiniBrowser.create();
  browser.start(url);
  return () => browser.dispose();
}

async function startFirefox(url: string): Promise<() => Promise<void>> {
  const profile = await mkdtemp(join(tmpdir(), 'firefox-profile-'));
  const program = findBrowsers().firefox?.executablePath ?? 'firefox';
  const browser = spawn(program, ['--headless', '--no-remote', '--profile', profile, url], { stdio: 'ignore' });
  const ended = new Promise((resolve) => browser.once('exit', resolve));
  return async () => {
    browser.kill('SIGKILL');
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
}

type Memory = Record<'pages' | 'others', number>;

/** Gives how much the processes under this one have grown at most until then. */
function watchMemory(): () => Memory {
  const before = memoryOfChildren();
  const peak = { ...before };
  const timer = setInterval(() => {
    const now = memoryOfChildren();
    for (const kind of ['pages', 'others'] as const) peak[kind] = Math.max(peak[kind], now[kind]);
  }, 200);
  return () => {
    clearInterval(timer);
    return { pages: peak.pages - before.pages, others: peak.others - before.others };
  };
}

function tellGrown(name: BrowserName, way: Way, rate: number, { pages, others }: Memory, more = ''): void {
  const at = rate === 0 ? 'as fast as it goes' : `${rate / MIB} MB/s`;
  say(name, `${LARGE / MIB} MB, ${WORDS[way]}, ${at}: pages' processes grew by ${mb(pages)}, the others by ${mb(others)}${more}`);
}

const WORDS = { drop: 'fetch and drop', worker: 'fetch and drop in a worker', engine: 'engine' } as const;
type Way = keyof typeof WORDS;

/** In the page. */
async function timeInPage(way: string, size: number, withHeap: boolean, rate = 0): Promise<Cost> {
  const scope = globalThis as unknown as {
    time?: (way: string, size: number, withHeap: boolean, rate: number) => Promise<Cost>;
  };
  while (!scope.time) await new Promise((resolve) => setTimeout(resolve, 50));
  return scope.time(way, size, withHeap, rate);
}

interface BenchServer {
  readonly page: string;
  /** Resolves with the next word of a page: that it is ready, how it failed, or nothing. */
  told(): Promise<string>;
  end(): void;
}

async function startServer(): Promise<BenchServer> {
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
  return {
    page: `http://localhost:${port}/`,
    told: () =>
      new Promise((resolve) => server.once('message', (said) => resolve(decodeURIComponent((said as string).slice(1))))),
    end: () => server.kill(),
  };
}

/** Resident bytes of all processes under this one, from the kernel: of those that pages live in, and of the others. */
function memoryOfChildren(): Memory {
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
