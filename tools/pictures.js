/** `node tools/pictures.js`: takes the README's pictures from the gallery, light and dark. */
import { readFile, mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import puppeteer from 'puppeteer-core';
import { CHROMIUM_ARGS, findBrowsers } from '../test/browsers/find.js';
import { buildGallery, GALLERY } from './gallery.js';

const PICTURES = 'stories/pictures';
/** Story, file and the width it is shown at. */
const SHOTS = /** @type {const} */ ([
  ['pictures--buttons', 'buttons', 700],
  ['pictures--list', 'list', 640],
]);
const TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
});

const { chromium } = findBrowsers();
if (!chromium) throw new Error('There is no Chromium on this machine to take pictures with.');

await buildGallery();
const server = createServer((request, response) => {
  const path = normalize(new URL(request.url ?? '/', 'http://gallery').pathname);
  readFile(join(GALLERY, path)).then(
    (body) => response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(body),
    () => response.writeHead(404).end(),
  );
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const address = server.address();
const port = typeof address === 'object' ? address?.port : undefined;

const browser = await puppeteer.launch({ executablePath: chromium.executablePath, headless: true, args: CHROMIUM_ARGS });
await mkdir(PICTURES, { recursive: true });
for (const [story, name, width] of SHOTS) {
  for (const scheme of /** @type {const} */ (['light', 'dark'])) {
    const page = await browser.newPage();
    await page.setViewport({ width, height: 900, deviceScaleFactor: 2 });
    // What draws a download is loaded with the first one.
    await page.goto(`http://127.0.0.1:${port}/iframe.html?viewMode=story&id=${story}&globals=scheme:${scheme}`, {
      waitUntil: 'networkidle0',
    });
    await page.waitForSelector('bg-fetch-provider');
    // Two frames on, everything is drawn.
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
    const root = await page.waitForSelector('#storybook-root');
    const box = await root?.boundingBox();
    const path = /** @type {const} */ (`${PICTURES}/${name}-${scheme}.webp`);
    // As much room below as above.
    const height = Math.ceil(2 * (box?.y ?? 0) + (box?.height ?? 0));
    await page.screenshot({ path, type: 'webp', quality: 90, clip: { x: 0, y: 0, width, height } });
    await page.close();
  }
}
await browser.close();
server.close();
