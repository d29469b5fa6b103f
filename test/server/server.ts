/**
 * The server the tests run against: real HTTP on loopback, the project's built files, pages of the tests, and `/files/…` with faults.
 *
 * - `/files/NAME?…` see `faults.ts`
 * - `/dist/…` the built files; `/sw.js` a worker with the kit's one line; any other path what `pages` holds
 * - `GET /__log?path=/files/NAME` what was asked and answered, as JSON; `DELETE /__log` forgets it
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Files, type Sent } from './files.js';
import { typeOf } from './types.js';

/** One request and what came of it; `sent` is missing while it runs. */
export interface LogEntry {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** Milliseconds since the epoch. */
  readonly at: number;
  sent?: Sent;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WORKER = `importScripts('/dist/cdn/service-worker.js');`;

/** Answers requests; one for all listeners of a run, so that they share the log. */
export class TestSite {
  readonly log: LogEntry[] = [];
  readonly #files = new Files();

  /** True when this request was one of this site's; others are left alone. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    if (pathname.startsWith('/__')) return this.#control(request, response);
    if (!pathname.startsWith('/files/')) return false;
    const entry: LogEntry = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, at: Date.now() };
    this.log.push(entry);
    this.#files.handle(request, response).then(
      (sent) => {
        entry.sent = sent;
      },
      (error: unknown) => {
        // A slip in the test's query: say it where the test sees it.
        if (!response.headersSent) response.writeHead(400, { 'content-type': 'text/plain' });
        response.end(String(error));
      },
    );
    return true;
  }

  #control(request: IncomingMessage, response: ServerResponse): boolean {
    const url = new URL(request.url ?? '/', 'http://site');
    const command = `${request.method ?? ''} ${url.pathname}`;
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-methods', 'GET, DELETE');
    if (command === 'GET /__log') {
      const path = url.searchParams.get('path');
      const entries = this.log.filter((entry) => path === null || entry.url.split('?')[0] === path);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(entries));
      return true;
    }
    if (command === 'DELETE /__log') this.log.length = 0;
    else if (request.method !== 'OPTIONS') return false;
    response.writeHead(204).end();
    return true;
  }
}

/** A `TestSite` on a port of its own, with the project's files. */
export class TestServer {
  readonly site = new TestSite();
  /** Pages and scripts by path. */
  readonly pages = new Map([['/sw.js', WORKER]]);
  /** Headers of these pages beside their own. */
  readonly headers = new Map<string, Record<string, string>>();
  /** Answers a test gives by itself, by path. */
  readonly answers = new Map<string, RequestListener>();
  /** The `Content-Security-Policy` of every page and script; none when it is empty. */
  policy = '';
  /** Built files that cannot be had now, and how often they were asked for. */
  lost: RegExp | undefined;
  missed = 0;
  #server: Server | undefined;
  #port = 0;

  /** Starts a server on a free port. */
  static async start(): Promise<TestServer> {
    const server = new TestServer();
    await server.start();
    return server;
  }

  /** Where it listens; the same after `stop()` and `start()`. */
  get origin(): string {
    return `http://localhost:${this.#port}`;
  }

  /** The same server as another origin. */
  get otherOrigin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      response.setHeader('service-worker-allowed', '/');
      if (this.policy !== '') response.setHeader('content-security-policy', this.policy);
      const answer = this.answers.get(new URL(request.url ?? '/', 'http://site').pathname);
      if (answer) answer(request, response);
      else if (!this.site.handle(request, response)) void this.#serveProject(request, response);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Closes the port and every connection. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  async #serveProject({ url, method }: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(url ?? '/', 'http://site');
    if (this.lost?.test(pathname)) {
      this.missed++;
      response.writeHead(503, { 'cache-control': 'no-store' }).end();
      return;
    }
    const page = this.pages.get(pathname);
    const built = page === undefined && pathname.startsWith('/dist/') && !pathname.includes('%');
    const body = page ?? (built ? await readFile(join(ROOT, pathname)).catch(() => undefined) : undefined);
    if (body === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end(`Nothing at ${pathname}`);
      return;
    }
    const type = pathname.includes('.') ? typeOf(pathname) : 'text/html; charset=utf-8';
    response.writeHead(200, {
      ...{ 'content-type': type, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-cache' },
      // As on a CDN: a page with an opaque origin loads modules by CORS too.
      ...(built ? { 'access-control-allow-origin': '*' } : {}),
      ...this.headers.get(pathname),
    });
    response.end(method === 'HEAD' ? undefined : body);
  }
}
