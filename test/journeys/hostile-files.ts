/** Files for the journeys about what a stored file can do: some harmless, some that leave a mark on the site if they run as the site. */
import type { RequestListener } from 'node:http';
import { MEDIA } from '../../stories/live/media.js';
import type { TestServer } from '../server/server.js';

/** One file of the test server, at `/kept/NAME`. */
export interface KeptFile {
  readonly name: string;
  /** Its `Content-Type`; none where it is undefined. */
  readonly type: string | undefined;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

const MARK = `localStorage.setItem('ran', String(localStorage.getItem('ran') ?? '') + document.contentType + ' ')`;
const HTML = `<!doctype html><title>Hostile</title><script>${MARK}</script><p>Hostile`;
const XHTML = `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Hostile</title><script>${MARK}</script></head><body>Hostile</body></html>`;
const SVG = `<svg xmlns="http://www.w3.org/2000/svg"><script>${MARK}</script><text y="20">Hostile</text></svg>`;

/** Each runs a script where a browser shows it as a document, or takes it for one. */
export const HOSTILE: readonly KeptFile[] = [
  { name: 'page.html', type: 'text/html', body: HTML },
  { name: 'picture.svg', type: 'image/svg+xml', body: SVG },
  { name: 'page.xhtml', type: 'application/xhtml+xml', body: XHTML },
  { name: 'data.xml', type: 'text/xml', body: XHTML },
  { name: 'odd.xml', type: 'image/odd+xml', body: SVG },
  { name: 'untyped', type: undefined, body: HTML },
  { name: 'twice.txt', type: 'text/plain, text/html', body: HTML },
  { name: 'unknown.bin', type: 'application/unknown', body: HTML },
  {
    name: 'feed.mjpeg',
    type: 'multipart/x-mixed-replace;boundary=x',
    body: `--x\r\nContent-Type: text/html\r\n\r\n${HTML}\r\n--x--`,
  },
];

const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>`;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const melody = MEDIA.get('episode-3.wav')!;

export const SOUND: KeptFile = { name: 'episode.wav', type: 'audio/wav', body: melody.read(0, melody.size) };

/** Each can be looked at in a tab and runs nothing. Firefox saves WAV files, whoever opens them. */
export const HARMLESS: readonly KeptFile[] = [
  { ...SOUND, name: 'episode.mp3', type: 'audio/mpeg' },
  { ...SOUND, name: 'film.webm', type: 'video/webm' },
  { name: 'picture.png', type: 'image/png', body: PNG },
  { name: 'notes.txt', type: 'text/plain; charset=utf-8', body: 'Grüße' },
  { name: 'map.pdf', type: 'application/pdf', body: PDF },
];

/** Serves the files, to every origin; at `/moved/NAME` a redirect leads to the other origin's. */
export function serveFiles(server: TestServer, files: readonly KeptFile[]): void {
  for (const file of files) {
    server.answers.set(`/kept/${file.name}`, sending(file));
    server.answers.set(`/moved/${file.name}`, (_request, response) => {
      const location = `${server.otherOrigin}/kept/${file.name}`;
      response.writeHead(302, { location, 'access-control-allow-origin': '*' }).end();
    });
  }
}

function sending({ type, body, headers }: KeptFile): RequestListener {
  return (request, response) => {
    response.writeHead(200, {
      ...(type !== undefined && { 'content-type': type }),
      'access-control-allow-origin': '*',
      'content-length': Buffer.byteLength(body),
      etag: '"1"',
      ...headers,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}
