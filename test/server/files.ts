/** `/files/NAME?…`: a file of any size, honest or with the faults its query asks for. */
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { bytesOf } from './content.js';
import { readFaults, type Faults } from './faults.js';
import { answerTo, type Answer, type Representation } from './representation.js';
import { sendBody } from './send.js';
import { typeOf } from './types.js';

/** What was answered, for the log. */
export interface Sent {
  readonly status: number;
  /** Bytes of the body that were written. */
  readonly bytes: number;
}

/** Counts the requests of each URL, so that a fault can come once and the next try succeed. */
export class Files {
  readonly #counts = new Map<string, number>();

  async handle(request: IncomingMessage, response: ServerResponse): Promise<Sent> {
    const url = new URL(request.url ?? '/', 'http://files');
    const asked = readFaults(url.searchParams);
    const count = this.#countOf(request.method === 'OPTIONS' ? '' : url.href);
    const now = count > asked.after && count <= asked.after + asked.times ? asked : withoutFaults(asked);
    await sleep(now.delay);
    const cors = corsHeaders(request, now);
    if (request.method === 'OPTIONS') return end(response, now.cors === 'no-preflight' ? 403 : 204, cors);
    const early = refusal(request, now) ?? redirection(url, asked, count);
    if (early) return end(response, early.status, { ...cors, ...early.headers });
    if (now.html)
      return end(
        response,
        200,
        { ...cors, 'content-type': 'text/html' },
        '<!doctype html><title>Log in</title><p>Log in to this network.',
      );
    if (now.echo) return echo(response, request, cors);
    if (now.gzip) return zipped(response, request, cors, url, now, count);

    const file = representationOf(url, now, count);
    const answer = spoil(answerTo(heard(request.headers, now), file), file, now);
    if (answer.status === 404) return end(response, 404, cors);
    response.writeHead(answer.status, { ...answer.headers, ...cors, 'cache-control': 'no-cache' });
    if (request.method === 'HEAD') return end(response, answer.status);
    const bytes = await sendBody(response, (from, to) => file.read(from, to), answer.start, answer.end, sendingOf(now, count));
    return { status: answer.status, bytes };
  }

  #countOf(key: string): number {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count;
  }
}

/** What stays when the times of the faults are over: what the file is, and how fast it comes. */
function withoutFaults({ size, seed, type, rate, rates, cors, etag, modified, redirect }: Faults): Faults {
  return {
    ...readFaults(new URLSearchParams()),
    size,
    seed,
    type,
    rate,
    rates,
    cors,
    redirect,
    modified,
    etag: etag === 'changing' ? 'strong' : etag,
  };
}

function representationOf({ pathname }: URL, { size, seed, type, etag, modified }: Faults, count: number): Representation {
  const name = seed ?? decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1));
  const version = etag === 'changing' ? `${name}#${count}` : name;
  const tag = `"${version.replace(/[^\w.#-]/g, '')}-${size}"`;
  return {
    size,
    type: type ?? typeOf(pathname),
    etag: etag === 'none' ? undefined : etag === 'weak' ? `W/${tag}` : tag,
    modified,
    read: (start, end) => bytesOf(version, start, end),
  };
}

function refusal(
  { method, headers }: IncomingMessage,
  { status, retry, ranges, head }: Faults,
): { status: number; headers: OutgoingHttpHeaders } | undefined {
  if (status !== undefined) return { status, headers: retry === undefined ? {} : { 'retry-after': retry } };
  if (method === 'HEAD' && head === 'refused') return { status: 405, headers: { allow: 'GET' } };
  if (headers.range && ranges === 'missing') return { status: 404, headers: {} };
  if (headers.range && ranges === 'refused') return { status: 416, headers: {} };
  return undefined;
}

/** A signed URL says how many requests it holds for; a plain one how many redirects are left. */
function redirection(
  url: URL,
  { redirect }: Faults,
  count: number,
): { status: number; headers: OutgoingHttpHeaders } | undefined {
  const signedFor = url.searchParams.get('signed-for');
  if (signedFor !== null) return count > Number(signedFor) ? { status: 403, headers: {} } : undefined;
  if (redirect === undefined || redirect === '0') return undefined;
  const next = new URL(url);
  if (redirect.startsWith('signed:')) {
    next.searchParams.delete('redirect');
    next.searchParams.set('signed-for', redirect.slice(7));
    next.searchParams.set('signature', String(count));
  } else {
    next.searchParams.set('redirect', String(Number(redirect) - 1));
  }
  return { status: 302, headers: { location: next.pathname + next.search } };
}

/** The request's headers as a server sees them that knows no ranges, or no conditions. */
function heard(headers: IncomingHttpHeaders, { ranges, ifRangeIgnored }: Faults): IncomingHttpHeaders {
  const known = { ...headers };
  if (ranges === 'off') delete known.range;
  if (ifRangeIgnored) delete known['if-range'];
  return known;
}

/** Makes an honest answer wrong in the way asked. */
function spoil(answer: Answer, { size }: Representation, { ranges, length, head }: Faults): Answer {
  const { headers } = answer;
  const announced = answer.end - answer.start;
  if (ranges === 'off') delete headers['accept-ranges'];
  if (answer.status === 206) spoilRange(answer, size, ranges);
  if (length === 'none') delete headers['content-length'];
  // Else the other end waits on the open connection for what was announced.
  if (length === 'more' || length === 'less') headers.connection = 'close';
  if (length === 'more') headers['content-length'] = announced + 1000;
  if (length === 'less') headers['content-length'] = Math.floor(announced / 2);
  if (head === 'lying') headers['content-length'] = Math.floor(announced / 2);
  return answer;
}

function spoilRange(answer: Answer, size: number, ranges: Faults['ranges']): void {
  const { headers } = answer;
  if (ranges === 'early') answer.start = Math.max(0, answer.start - 100);
  if (ranges === 'late') answer.start = Math.min(answer.end - 1, answer.start + 100);
  if (ranges === 'short') answer.end = answer.start + Math.ceil((answer.end - answer.start) / 2);
  const complete = ranges === 'star' ? '*' : ranges === 'other-length' ? size + 1 : size;
  headers['content-range'] = `bytes ${answer.start}-${answer.end - 1}/${complete}`;
  headers['content-length'] = answer.end - answer.start;
  if (ranges === 'unnamed') delete headers['content-range'];
}

function sendingOf({ rate, rates, cutAfter, resetAfter, linger, stallAfter, cuts }: Faults, count: number) {
  const pace = count > rates ? {} : { rate };
  return count > cuts ? pace : { ...pace, cutAfter, resetAfter, linger, stallAfter };
}

function corsHeaders({ headers }: IncomingMessage, { cors }: Faults): OutgoingHttpHeaders {
  if (cors === 'none') return {};
  const allowed = { 'access-control-allow-origin': headers.origin ?? '*', vary: 'Origin' };
  if (cors === 'plain') return allowed;
  return {
    ...allowed,
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
    'access-control-allow-methods': '*',
    'access-control-expose-headers':
      'ETag, Last-Modified, Content-Range, Accept-Ranges, Content-Length, Content-Encoding, Retry-After',
  };
}

async function zipped(
  response: ServerResponse,
  request: IncomingMessage,
  cors: OutgoingHttpHeaders,
  url: URL,
  faults: Faults,
  count: number,
): Promise<Sent> {
  const file = representationOf(url, faults, 1);
  const packed = gzipSync(file.read(0, file.size));
  const headers = {
    'content-type': file.type,
    'content-encoding': 'gzip',
    'content-length': packed.length,
    vary: 'Accept-Encoding',
  };
  response.writeHead(200, { ...headers, ...(file.etag && { etag: file.etag }), ...cors });
  if (request.method === 'HEAD') return end(response, 200);
  const bytes = await sendBody(response, (from, to) => packed.subarray(from, to), 0, packed.length, sendingOf(faults, count));
  return { status: 200, bytes };
}

async function echo(response: ServerResponse, request: IncomingMessage, cors: OutgoingHttpHeaders): Promise<Sent> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? 'application/octet-stream';
  response.writeHead(200, { ...cors, 'content-type': type, 'content-length': body.length }).end(body);
  return { status: 200, bytes: body.length };
}

function end(response: ServerResponse, status: number, headers: OutgoingHttpHeaders = {}, body = ''): Sent {
  if (!response.headersSent)
    response.writeHead(status, {
      ...headers,
      ...(status >= 200 && status !== 204 && { 'content-length': Buffer.byteLength(body) }),
    });
  response.end(body);
  return { status, bytes: Buffer.byteLength(body) };
}
