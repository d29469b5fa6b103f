/** A server that is not there: it answers for the gallery's media at the speed, and with the fault, that the address asks for. */
import { answerTo, type Representation } from '../../test/server/representation.js';
import { MEDIA } from './media.js';

/** What can go wrong; all but a missing file only before the first bytes are there, so that going on succeeds. */
export const FAULTS = ['none', 'cut', 'stall', 'busy', 'not-found', 'no-length', 'no-ranges'] as const;

/** One of them. */
export type Fault = (typeof FAULTS)[number];

/** The recipes' film. */
export const FILM = 'film.webm';

const FOLDER = '/live/';
const CHUNK = 32_768;
/** Bytes a second unless the address says otherwise. */
const USUAL_RATE = 4_000_000;
/** How long a busy server asks to wait, in seconds. */
const PATIENCE = 5;

/** Since when each address has been asked for in vain. */
const askedAt = new Map<string, number>();

let film: Promise<Representation> | undefined;

/** The address, relative to the gallery, of a file that comes this fast and with this fault. */
export function addressOf(name: string, rate = USUAL_RATE, fault: Fault = 'none'): string {
  return `.${FOLDER}${name}?rate=${rate}&fault=${fault}`;
}

/** What stands behind an address, if this server answers for it. */
export function mediumOf(address: string): Representation | Promise<Representation> | undefined {
  const { pathname } = new URL(address);
  const [, name = ''] = pathname.split(FOLDER);
  return name === FILM ? (film ??= fromHost(pathname)) : MEDIA.get(name);
}

/** What is not computed lies with the gallery's host. */
async function fromHost(path: string): Promise<Representation> {
  try {
    const bytes = new Uint8Array(await (await fetch(path)).arrayBuffer());
    return { type: 'video/webm', size: bytes.length, etag: `"${bytes.length}"`, read: (start, end) => bytes.slice(start, end) };
  } catch (error) {
    film = undefined;
    throw error;
  }
}

/** The answer; `hold` is given a promise of the end of its body. */
export function answerAs(request: Request, medium: Representation, hold: (end: Promise<void>) => void): Response {
  const { searchParams } = new URL(request.url);
  const fault = searchParams.get('fault') ?? 'none';
  if (fault === 'not-found') return new Response('Nothing here.', { status: 404 });
  if (fault === 'busy' && isBusy(request.url)) {
    return new Response('Too much to do.', { status: 503, headers: { 'retry-after': String(PATIENCE) } });
  }
  const asked = new Headers(request.headers);
  if (fault === 'no-ranges') asked.delete('range');
  const { status, headers, start, end } = answerTo(Object.fromEntries(asked), medium);
  const sent = new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  if (fault === 'no-ranges') sent.delete('accept-ranges');
  if (fault === 'no-length') sent.delete('content-length');
  if (request.method === 'HEAD') return new Response(null, { status, headers: sent });
  const stops = status === 200 && (fault === 'cut' || fault === 'stall') ? fault : undefined;
  const body = paced(medium, start, end, Number(searchParams.get('rate')) || USUAL_RATE, stops, hold);
  return new Response(body, { status, headers: sent });
}

function isBusy(address: string): boolean {
  const now = Date.now();
  const since = askedAt.get(address) ?? now;
  askedAt.set(address, since);
  return now - since < PATIENCE * 1000;
}

/** The bytes `[start, end)` at this rate; a line that is cut or stalls does so half way. */
function paced(
  medium: Representation,
  start: number,
  end: number,
  rate: number,
  stops: 'cut' | 'stall' | undefined,
  hold: (end: Promise<void>) => void,
): ReadableStream<Uint8Array> {
  const last = stops ? Math.floor((start + end) / 2) : end;
  let ended: () => void;
  hold(new Promise((resolve) => (ended = resolve)));
  let at = start;
  return new ReadableStream({
    async pull(controller) {
      const to = Math.min(at + CHUNK, last);
      await new Promise((resolve) => setTimeout(resolve, ((to - at) / rate) * 1000));
      if (to > at) controller.enqueue(medium.read(at, to));
      at = to;
      if (at < last) return;
      if (stops === 'stall') await new Promise(() => undefined);
      if (stops === 'cut') controller.error(new TypeError('The line was cut.'));
      else controller.close();
      ended();
    },
    cancel: () => ended(),
  });
}
