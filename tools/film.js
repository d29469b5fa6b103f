/** `node tools/film.js`: makes the film of the recipes anew, `stories/recipes/film.webm`: drawn, played and encoded in Chromium. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import puppeteer from 'puppeteer-core';
import { CHROMIUM_ARGS, findBrowsers } from '../test/browsers/find.js';
import { drawFilm } from './film/draw.js';
import { webm } from './film/webm.js';

const SECONDS = 90;
const PLAN = { width: 480, height: 270, seconds: SECONDS, rate: 10, sampleRate: 48_000, notes: notes(2 * SECONDS) };

const { chromium } = findBrowsers();
if (!chromium) throw new Error('There is no Chromium on this machine to make a film with.');

// Encoders are for secure pages only, and `localhost` is one.
const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const address = server.address();
const browser = await puppeteer.launch({ executablePath: chromium.executablePath, headless: true, args: CHROMIUM_ARGS });
const page = await browser.newPage();
await page.goto(`http://localhost:${typeof address === 'object' ? address?.port : ''}/`);
const { opusHead, blocks } = await page.evaluate(drawFilm, PLAN);
await browser.close();
server.close();

const film = webm({
  ...PLAN,
  duration: SECONDS * 1000,
  opusHead: Buffer.from(opusHead),
  blocks: blocks.map((block) => ({ ...block, bytes: Buffer.from(block.bytes) })),
});
await writeFile('stories/recipes/film.webm', film);
console.log(`${(film.length / 1000).toFixed(0)} kB`);

/**
 * Which bells ring, the same each time.
 * @param {number} count
 */
function notes(count) {
  return Array.from({ length: count }, (_, index) => createHash('sha256').update(`bell ${index}`).digest()[0] ?? 0);
}
