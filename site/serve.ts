/** Serves the sample site: its pages, the built kit, the gallery, and media at a speed one can watch. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { answerTo } from '../test/server/representation.js';
import { sendBody } from '../test/server/send.js';
import { typeOf } from '../test/server/types.js';
import type { Medium } from './media.js';

export { makeMedia } from './media.js';

/** Where each path's files lie; the longest path that fits is taken. */
const FOLDERS: readonly (readonly [path: string, folder: string])[] = [
  ['/bg-fetch-elements/', 'dist/cdn'],
  ['/gallery/', '.cache/gallery'],
  ['/', 'site/public'],
];

/** Starts the site on loopback; rejects when the port is taken. Run from the project's folder. */
export async function serveSite(port: number, media: ReadonlyMap<string, Medium>): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://site');
    const medium = media.get(url.pathname);
    const answered = medium
      ? sendMedium(request, response, medium, url.searchParams)
      : sendFile(response, decodeURIComponent(url.pathname));
    answered.catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', resolve);
  });
  return server;
}

/** `?speed=` in megabytes a second replaces the usual pace. */
async function sendMedium(
  request: IncomingMessage,
  response: ServerResponse,
  medium: Medium,
  query: URLSearchParams,
): Promise<void> {
  const answer = answerTo(request.headers, medium);
  response.writeHead(answer.status, { ...answer.headers, 'cache-control': 'no-cache' });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const speed = Number(query.get('speed'));
  const rate = speed > 0 ? speed * 1e6 : medium.rate;
  await sendBody(response, (start, end) => medium.read(start, end), answer.start, answer.end, { rate });
}

async function sendFile(response: ServerResponse, path: string): Promise<void> {
  const [prefix, folder] = FOLDERS.find(([start]) => path.startsWith(start)) ?? ['/', 'site/public'];
  const name = path.endsWith('/') ? `${path}index.html` : path;
  // The URL parser has resolved every `..`; what came encoded is refused here.
  const file = name.includes('..') ? undefined : join(folder, name.slice(prefix.length));
  const bytes = file && (await readFile(file).catch(() => undefined));
  if (!bytes) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end(`Nothing at ${path}`);
    return;
  }
  response
    .writeHead(200, { 'content-type': typeOf(name), 'content-length': bytes.length, 'cache-control': 'no-cache' })
    .end(bytes);
}
