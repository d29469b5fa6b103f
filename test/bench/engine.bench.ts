/** How fast, how light and how smooth the in-page engine is, beside a bare `fetch` and beside Cache, in the same run. */
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestPage } from '../browsers/browser.js';
import type { BrowserName } from '../browsers/find.js';
import { BROWSERS, launch } from '../browsers/launch.js';

const MIB = 1024 * 1024;
const SIZE = Number(process.env.BENCH_SIZE ?? 500) * MIB;
const LARGE = Number(process.env.BENCH_LARGE ?? 2048) * MIB;
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
  const times = new Map<string, number[]>(WAYS.map((way) => [way, []]));
  let gap = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    for (const way of WAYS) {
      const result = await page.evaluate(timeInPage, way, SIZE);
      // The first round warms up.
      if (round > 0) times.get(way)?.push(result.time);
      if (way === 'engine') gap = Math.max(gap, result.gap);
    }
  }
  const [drop = 0, cache = 0, engine = 0] = WAYS.map((way) => median(times.get(way) ?? []));
  say(name, `${SIZE / MIB} MB: fetch and drop ${ms(drop)}, cache.put ${ms(cache)}, engine ${ms(engine)}`);
  say(name, `engine is ${(engine / drop).toFixed(2)} × the floor; longest time the page was busy ${ms(gap)}`);
  if (LARGE === 0) return;
  const before = memoryOfChildren();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, memoryOfChildren())), 200);
  await page.evaluate(timeInPage, 'engine', LARGE);
  clearInterval(timer);
  say(name, `${LARGE / MIB} MB: the browser's processes grew by ${Math.round((most - before) / MIB)} MB at most`);
}

/** In the page. */
async function timeInPage(way: string, size: number): Promise<{ time: number; gap: number }> {
  const scope = globalThis as unknown as { time?: (way: string, size: number) => Promise<{ time: number; gap: number }> };
  while (!scope.time) await new Promise((resolve) => setTimeout(resolve, 50));
  return scope.time(way, size);
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

/** Resident bytes of every process under this one, from the kernel; each shares some with others, growth is what tells. */
function memoryOfChildren(): number {
  const parents = new Map<number, number>();
  const sizes = new Map<number, number>();
  for (const pid of readdirSync('/proc')
    .map(Number)
    .filter((id) => id > 0)) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      parents.set(pid, Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
      sizes.set(pid, Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024);
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOurs = (pid: number | undefined): boolean => pid !== undefined && (pid === process.pid || isOurs(parents.get(pid)));
  return [...sizes].reduce((sum, [pid, size]) => sum + (isOurs(parents.get(pid)) ? size : 0), 0);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function ms(time: number): string {
  return `${Math.round(time)} ms`;
}

function say(name: string, line: string): void {
  process.stdout.write(`${name}: ${line}\n`);
}
