/** Serves a built site, and the test server's files beside it. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { text } from 'node:stream/consumers';
import { TestSite } from './server.js';
import { typeOf } from './types.js';

const REPORTS = '/reports';
/** All that a page may load comes from its own site; what it asks of another is refused, and told. */
const OWN_ONLY = `default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; report-uri ${REPORTS}`;

/** How a folder is served. */
export interface SiteOptions {
  /** The path it stands under. */
  readonly under?: string;
  /** Refuses what its pages ask of other origins, and notes it in `reports`. */
  readonly ownOnly?: boolean;
}

/** A folder on a port of its own. */
export class Site {
  /** Addresses of other origins that were asked for. */
  readonly reports: string[] = [];
  readonly #server: Server;

  private constructor(folder: string, { under = '/', ownOnly = false }: SiteOptions) {
    const files = new TestSite();
    const policy = ownOnly ? { 'content-security-policy': OWN_ONLY } : undefined;
    this.#server = createServer((request, response) => {
      if (files.handle(request, response)) return;
      const { pathname } = new URL(request.url ?? '/', 'http://site');
      if (pathname === REPORTS) {
        void this.#note(request).then(() => response.writeHead(204).end());
        return;
      }
      const path = normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
      const file = path.startsWith(under) ? join(folder, path.slice(under.length)) : '';
      readFile(file).then(
        (body) => response.writeHead(200, { 'content-type': typeOf(path), 'cache-control': 'no-cache', ...policy }).end(body),
        () => response.writeHead(404, { 'content-type': 'text/plain' }).end(`Nothing at ${path}`),
      );
    });
  }

  static async serve(folder: string, options: SiteOptions = {}): Promise<Site> {
    const site = new Site(folder, options);
    await new Promise<void>((resolve, reject) => {
      site.#server.once('error', reject);
      site.#server.listen(0, '127.0.0.1', resolve);
    });
    return site;
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

  async #note(request: IncomingMessage): Promise<void> {
    const report = JSON.parse(await text(request)) as { 'csp-report': { 'blocked-uri': string } };
    this.reports.push(report['csp-report']['blocked-uri']);
  }
}
