/** Serves what a neighbour built, and the test server's files beside it. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { TestSite } from '../server/server.js';
import { typeOf } from '../server/types.js';

/** A folder on a port of its own. */
export class Site {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async serve(folder: string): Promise<Site> {
    const files = new TestSite();
    const server = createServer((request, response) => {
      if (files.handle(request, response)) return;
      const { pathname } = new URL(request.url ?? '/', 'http://site');
      const path = normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
      readFile(join(folder, path)).then(
        (body) => response.writeHead(200, { 'content-type': typeOf(path), 'cache-control': 'no-cache' }).end(body),
        () => response.writeHead(404, { 'content-type': 'text/plain' }).end(`Nothing at ${path}`),
      );
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new Site(server);
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Closes the port and every connection; may be called again. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
