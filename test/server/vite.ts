/** The test site inside vitest's own server, so that pages reach `/files/…` at their origin, and at another one. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Plugin } from 'vite';
import { TestSite } from './server.js';

/** Mounts one `TestSite`; `GET /__origin` answers with a second origin of the same site. */
export function testSite(): Plugin {
  const site = new TestSite();
  const second = createServer((request, response) => {
    if (!site.handle(request, response)) response.writeHead(404).end();
  });
  // It ends with the run, and holds nobody back.
  second.unref();
  const listening = new Promise<number>((resolve, reject) => {
    second.once('error', reject);
    second.listen(0, '127.0.0.1', () => resolve((second.address() as AddressInfo).port));
  });
  return {
    name: 'test-site',
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        // A worker of any folder may have any scope.
        response.setHeader('Service-Worker-Allowed', '/');
        if (request.url === '/__origin') {
          void listening.then((port) => response.end(`http://127.0.0.1:${port}`));
        } else if (!site.handle(request, response)) {
          next();
        }
      });
    },
  };
}
