/** What a thousand moving rows and ten thousand resting ones cost, beside other lists and bars, in the same page with the same data. */
import { build, type BuildOptions } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { CHROMIUM_ARGS, findBrowsers } from '../browsers/find.js';
import type { Bench } from './elements-page.js';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const RIVALS = `${PROJECT}.cache/rivals`;
const SUBJECTS = ['ours', 'plain', 'webawesome', 'vaadin', 'uppy'] as const;
const ACTIVE = 1000;
const MANY = 10_000;
const SECONDS = 5;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);

const STYLE = `body { margin: 0; font: 15px/1.4 sans-serif } main { width: 700px }
  .plain { display: grid; grid-template-columns: auto 1fr auto auto; gap: 12px; align-items: center; block-size: 76px; padding: 0 15px;
    box-sizing: border-box; border-block-end: 1px solid #ddd }
  .plain .art { display: grid; place-items: center; inline-size: 44px; block-size: 44px; border-radius: 8px; background: #36c; color: #fff }
  .plain :is(b, progress, span) { display: block } .plain progress { inline-size: 100% }`;

/** Runs in Chromium, whose tools tell what its main thread does. */
export async function run(): Promise<void> {
  const { chromium } = findBrowsers();
  if (!chromium) throw new Error('There is no Chromium on this machine.');
  const server = await serve(await bundle());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await puppeteer.launch({ executablePath: chromium.executablePath, headless: true, args: CHROMIUM_ARGS });
  try {
    for (const name of SUBJECTS) await moving(browser, url, name);
    for (const name of ['ours', 'plain'] as const) await resting(browser, url, name);
  } finally {
    await browser.close();
    server.close();
  }
}

async function moving(browser: Browser, url: string, name: string): Promise<void> {
  const shares: number[] = [];
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const page = await open(browser, url);
    await evaluate(page, (bench, subject, rows) => bench.show(subject, rows), name, ACTIVE);
    // The first seconds warm up.
    await evaluate(page, (bench, subject, rows) => bench.run(subject, rows, 2), name, ACTIVE);
    const before = await busy(page);
    rates.push(await evaluate(page, (bench, subject, rows, seconds) => bench.run(subject, rows, seconds), name, ACTIVE, SECONDS));
    shares.push(((await busy(page)) - before) / SECONDS);
    await page.close();
  }
  say(`${ACTIVE} active, ${name}: ${(median(shares) * 100).toFixed(1)} % of a core, ${median(rates).toFixed(1)} frames a second`);
}

async function resting(browser: Browser, url: string, name: string): Promise<void> {
  const times: number[] = [];
  const late: Readonly<Record<number, number[]>> = { 40: [], 400: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const page = await open(browser, url);
    times.push(await evaluate(page, (bench, subject, rows) => bench.show(subject, rows), name, MANY));
    for (const step of [40, 400] as const) {
      const { late: missed } = await evaluate(page, (bench, pixels) => bench.scroll(pixels, 180), step);
      late[step]?.push(missed);
    }
    await page.close();
  }
  const missed = Object.entries(late).map(([step, each]) => `${median(each)} of 180 frames late at ${step} px a frame`);
  say(`${MANY} at rest, ${name}: painted after ${Math.round(median(times))} ms; ${missed.join(', ')}`);
}

async function open(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1000, height: 800 });
  await page.goto(url);
  await page.waitForFunction('globalThis.bench && globalThis.subjects.uppy');
  return page;
}

/** In the page; functions there see their arguments and nothing else. */
function evaluate<Args extends unknown[], Result>(
  page: Page,
  run: (bench: Bench, ...args: Args) => Promise<Result>,
  ...args: Args
): Promise<Result> {
  return page.evaluate(`(${String(run)})(globalThis.bench, ...${JSON.stringify(args)})`) as Promise<Result>;
}

/** Seconds the main thread has worked since it began. */
async function busy(page: Page): Promise<number> {
  return (await page.metrics()).TaskDuration ?? NaN;
}

async function bundle(): Promise<ReadonlyMap<string, string>> {
  mkdirSync(RIVALS, { recursive: true });
  for (const name of ['package.json', 'package-lock.json', 'page.js'])
    cpSync(`${PROJECT}test/bench/rivals/${name}`, `${RIVALS}/${name}`);
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error'], { cwd: RIVALS });
  const common: BuildOptions & { write: false } = {
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    splitting: true,
    conditions: ['production'],
    logLevel: 'error',
    outdir: '/',
  };
  const made = await Promise.all([
    build({ ...common, entryPoints: { ours: `${PROJECT}test/bench/elements-page.ts` } }),
    build({ ...common, entryPoints: { rivals: `${RIVALS}/page.js` } }),
  ]);
  const files = made.flatMap(({ outputFiles }) => outputFiles).map(({ path, text }) => [path, text] as const);
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Rows</title><link rel="icon" href="data:,">
    <link rel="stylesheet" href="/rivals.css"><style>${STYLE}</style><body>
    <script type="module" src="/ours.js"></script><script type="module" src="/rivals.js"></script></body></html>`;
  return new Map([...files, ['/', page]]);
}

async function serve(files: ReadonlyMap<string, string>): Promise<Server> {
  const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };
  const server = createServer(({ url = '/' }, response) => {
    const body = files.get(url);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': types[url.split('.').at(-1) ?? ''] ?? 'text/html' });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
