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
    if (request.method === 'GET' && count <= asked.away) {
      request.socket.resetAndDestroy();
      return { status: 0, bytes: 0 };
    }
    await sleep(now.delay);
    const isFirst = request.method === 'GET' && this.#countOf(`GET ${url.href}`) % 2 === 1;
    const cors = now.cors === 'second' && isFirst ? {} : corsHeaders(request, now);
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
    const plain = representationOf(url, now, count);
    const isPacked = now.gzip === 'rest' || (now.gzip !== 'off' && /\bgzip\b/.test(request.headers['accept-encoding'] ?? ''));
    const file = isPacked ? packed(plain) : plain;
    const answer = spoil(answerTo(heard(request.headers, now, isPacked), file), file, now);
    if (isPacked) markPacked(answer, plain, now);
    if (now.unasked !== 'never' && !request.headers.range) makePartial(answer, now.unasked);
    if (answer.status === 404) return end(response, 404, cors);
    const own = Object.fromEntries(now.headers);
    const headers = { ...answer.headers, ...cors, 'cache-control': 'no-cache', ...own };
    response.writeHead(answer.status, Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== '')));
    if (request.method === 'HEAD') return end(response, answer.status);
    if (now.late > 0) response.flushHeaders();
    await sleep(now.late);
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
function withoutFaults({ size, seed, type, rate, rates, cors, etag, modified, redirect, gzip, headers }: Faults): Faults {
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
    gzip,
    headers,
    etag: etag === 'changing' ? 'strong' : etag,
  };
}

function representationOf({ pathname }: URL, { size, seed, type, etag, modified }: Faults, count: number): Representation {
  const name = seed ?? decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1));
  const version = etag === 'changing' ? `${name}#${count}` : name;
  const node = etag === 'node' ? `-${count}` : '';
  const tag = `"${version.replace(/[^\w.#-]/g, '')}-${size}${node}"`;
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

/** The file as it is packed, at rest or on the way. */
function packed(file: Representation): Representation {
  const bytes = gzipSync(file.read(0, file.size));
  return { ...file, size: bytes.length, read: (start, end) => bytes.subarray(start, end) };
}

function markPacked({ headers }: Answer, plain: Representation, { gzip }: Faults): void {
  headers['content-encoding'] = 'gzip';
  headers.vary = 'Accept-Encoding';
  if (gzip !== 'rest') delete headers['accept-ranges'];
  if (gzip === 'chunked') delete headers['content-length'];
  if (gzip !== 'unpacked') return;
  headers.connection = 'close';
  headers['content-length'] = plain.size;
}

/** Answers with a part though nobody asked for one. */
function makePartial(answer: Answer, unasked: Faults['unasked']): void {
  const size = answer.end;
  if (unasked === 'part') answer.end = Math.ceil(size / 2);
  answer.status = 206;
  answer.headers['content-length'] = answer.end;
  if (unasked !== 'unnamed') answer.headers['content-range'] = `bytes 0-${answer.end - 1}/${unasked === 'star' ? '*' : size}`;
}

/** The request's headers as a server sees them that knows no ranges, or no conditions. */
function heard(headers: IncomingHttpHeaders, { ranges, ifRangeIgnored, gzip }: Faults, isPacked: boolean): IncomingHttpHeaders {
  const known = { ...headers };
  if (ranges === 'off' || (isPacked && gzip !== 'rest')) delete known.range;
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
  if (length.startsWith('both')) headers['transfer-encoding'] = 'chunked';
  if (length === 'both-more') headers['content-length'] = announced + 1000;
  if (length === 'both-less') headers['content-length'] = Math.floor(announced / 2);
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
  if (ranges === 'shifted' && answer.start >= 100) {
    answer.start -= 100;
    answer.end -= 100;
  }
}

function sendingOf({ rate, rates, cutAfter, resetAfter, linger, stallAfter, hold, cuts }: Faults, count: number) {
  const pace = count > rates ? {} : { rate };
  return count > cuts ? pace : { ...pace, cutAfter, resetAfter, linger, stallAfter, hold };
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
