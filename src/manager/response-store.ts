/** Where responses rest: heads in IndexedDB, bodies in the Cache or where the in-page engine left them. */
import { deleteBody, listBodies } from '../bytes/bodies.js';
import { listFiles } from '../bytes/files.js';
import { requested } from '../bytes/indexed-db.js';
import { evicted, readBody } from '../bytes/read-body.js';
import { isKeepable } from '../standard/extras.js';
import type { BackgroundFetchRecord } from '../standard/background-fetch.js';
import { database, type CachedBody, type StoredResponse } from './database.js';

const CACHE = 'bg-fetch-elements';

/** These headers describe the message on the wire, not the bytes at rest. */
const OF_THE_WIRE = /^(content-(encoding|length|range)|transfer-encoding|vary|connection|keep-alive)$/;

/** Stores one response whole and gives back its size in bytes; the head is written last, so a half-stored file is never found. */
export async function storeResponse(
  id: string,
  index: number,
  record: BackgroundFetchRecord,
  integrity: string,
): Promise<number> {
  const response = await record.responseReady;
  const { url, method } = record.request;
  const { status, statusText } = response;
  const body = isKeepable(record) ? await record.keep() : await cacheBody(response);
  const headers = [...response.headers].filter(([name]) => !OF_THE_WIRE.test(name));
  const unverified = integrity || undefined;
  const storedAt = Date.now();
  const stored = { id, index, url: withoutFragment(url), method, status, statusText, headers, body, storedAt, unverified };
  const before = await database(['responses'], 'readwrite', async (responses) => {
    const there = await requested(responses.get([id, index]));
    responses.put(stored);
    return there;
  });
  if (before && before.body.key !== body.key) await forgetBody(before.body);
  return body.size;
}

/** The newest stored response for a URL, its body not yet read. */
export async function findResponse(url: string): Promise<StoredResponse | undefined> {
  const found = await database(['responses'], 'readonly', (responses) => responses.index('url').getAll(withoutFragment(url)));
  const answers = found.filter(({ method, unverified }) => method === 'GET' && !unverified);
  return answers.sort((a, b) => a.storedAt - b.storedAt).at(-1);
}

/** What a download has stored. */
export function responsesOf(id: string): Promise<StoredResponse[]> {
  return listResponses(IDBKeyRange.bound([id, 0], [id, Infinity]));
}

/** What of a download has to be held against its hashes still. */
export async function unverifiedOf(id: string): Promise<StoredResponse[]> {
  return (await responsesOf(id)).filter(({ unverified }) => unverified);
}

/** Serves from now on what has its hash, and deletes what has not. */
export async function verify(id: string, mismatched: ReadonlySet<number>): Promise<void> {
  for (const stored of await unverifiedOf(id)) {
    if (mismatched.has(stored.index)) await deleteResponse(stored);
    else await database(['responses'], 'readwrite', (responses) => responses.put({ ...stored, unverified: undefined }));
  }
}

/** Bytes `start` to `end` (exclusive) of a stored body, streaming. Rejects with `NotFoundError` when the browser has taken them. */
export async function readStored(
  { body, url }: StoredResponse,
  start = 0,
  end = body.size,
): Promise<Blob | ReadableStream<Uint8Array>> {
  if (body.store !== 'cache') return readBody(body, start, end);
  const cached = await caches.match(body.key, { cacheName: CACHE });
  if (!cached) throw evicted(url);
  return (await cached.blob()).slice(start, end);
}

/** What each download has stored and still has whole. */
export async function storedWhole(): Promise<Map<string, StoredResponse[]>> {
  const [stored, bodies, files, cached] = await Promise.all([listResponses(), listBodies(), listFiles(), listCached()]);
  const there = new Set([...files, ...cached.map(({ key }) => key)]);
  for (const { key, store } of bodies) if (store !== 'opfs') there.add(key);
  const whole = stored.filter(({ body }) => there.has(body.key));
  return Map.groupBy(whole, ({ id }) => id);
}

/** Deletes what a download stored. */
export async function deleteResponses(id: string): Promise<void> {
  await Promise.all((await responsesOf(id)).map(deleteResponse));
}

/** Deletes responses of downloads that nobody knows, and bodies that no response speaks of. */
export async function deleteOrphans(known: ReadonlySet<string>): Promise<void> {
  const [stored, bodies, cached] = await Promise.all([listResponses(), listBodies(), listCached()]);
  const spoken = new Set(stored.map(({ body }) => body.key));
  const lost = [...bodies.filter(({ kept }) => kept), ...cached].filter(({ key }) => !spoken.has(key));
  await Promise.all([...stored.filter(({ id }) => !known.has(id)).map(deleteResponse), ...lost.map(forgetBody)]);
}

/** The URLs that can be answered. */
export async function storedUrls(): Promise<Set<string>> {
  return new Set((await listResponses()).map(({ url }) => url));
}

/** A URL as responses are found by: its fragment never reaches a server. */
export function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url;
}

function listResponses(range?: IDBKeyRange): Promise<StoredResponse[]> {
  return database(['responses'], 'readonly', (responses) => responses.getAll(range));
}

async function listCached(): Promise<CachedBody[]> {
  if (!(await caches.has(CACHE))) return [];
  return (await (await caches.open(CACHE)).keys()).map(({ url }) => ({ store: 'cache', key: url, size: 0 }));
}

async function cacheBody(response: Response): Promise<CachedBody> {
  const key = `${location.origin}/.bg-fetch/${crypto.randomUUID()}`;
  const cache = await caches.open(CACHE);
  await cache.put(key, new Response(response.body, { headers: { 'content-type': response.headers.get('content-type') ?? '' } }));
  const { size } = await ((await cache.match(key)) as Response).blob();
  return { store: 'cache', key, size };
}

async function deleteResponse({ id, index, body }: StoredResponse): Promise<void> {
  await database(['responses'], 'readwrite', (responses) => responses.delete([id, index]));
  await forgetBody(body);
}

async function forgetBody(body: StoredResponse['body']): Promise<void> {
  if (body.store === 'cache') await (await caches.open(CACHE)).delete(body.key);
  else await deleteBody(body);
}
