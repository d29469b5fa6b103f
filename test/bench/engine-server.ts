/** As fast a server as Node has: the same bytes again and again, whole and by range, and the page of the benchmark. */
import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

const PIECE = Buffer.alloc(1024 * 1024, 'bytes of the benchmark ');

process.once('message', (script: string) => {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://bench');
    if (url.pathname === '/page.js') {
      response.writeHead(200, { 'content-type': 'text/javascript', 'cross-origin-resource-policy': 'same-origin' }).end(script);
    } else if (url.pathname === '/told') {
      process.send?.(url.search);
      response.end();
    } else if (url.pathname === '/bytes') {
      const [size = 0, rate = 0] = ['size', 'rate'].map((name) => Number(url.searchParams.get(name)));
      void send(response, size, rate, request.headers.range);
    } else {
      response
        .writeHead(200, {
          'content-type': 'text/html',
          // Only such a page may ask what its memory is.
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-embedder-policy': 'require-corp',
        })
        .end('<!doctype html><script type="module" src="/page.js"></script>');
    }
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
});

/** At `rate` bytes a second, or as fast as it can where that is 0. */
async function send(response: ServerResponse, size: number, rate: number, range: string | undefined): Promise<void> {
  const [, first = 0, last = size - 1] = /^bytes=(\d+)-(\d+)?$/.exec(range ?? '')?.map((text) => text && Number(text)) ?? [];
  const [start, end] = [Number(first), Number(last) + 1];
  response.writeHead(range ? 206 : 200, {
    'content-length': end - start,
    etag: `"${size}"`,
    'accept-ranges': 'bytes',
    ...(range && { 'content-range': `bytes ${start}-${end - 1}/${size}` }),
  });
  const closed = once(response, 'close');
  const started = performance.now();
  for (let at = start; at < end && !response.destroyed; at += PIECE.length) {
    const early = rate && ((at - start) / rate) * 1000 - (performance.now() - started);
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    const room = response.write(PIECE.subarray(0, Math.min(PIECE.length, end - at)));
    if (!room) await Promise.race([once(response, 'drain'), closed]);
  }
  response.end();
}
