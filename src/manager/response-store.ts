/** Where responses rest: heads in IndexedDB, bodies in the Cache or where the in-page engine left them. */
import { bodyExists, deleteBody, listBodies } from '../bytes/bodies.js';
import { readBody } from '../bytes/read-body.js';
import { isKeepable } from '../standard/extras.js';
import type { BackgroundFetchRecord } from '../standard/background-fetch.js';
import { database, type StoredResponse } from './database.js';

const CACHE = 'bg-fetch-elements';

/** Stores one response whole and gives back its size in bytes; the head is written last, so a half-stored file is never found. */
export async function storeResponse(
  id: string,
  index: number,
  record: BackgroundFetchRecord,
  integrity: string,
): Promise<StoredResponse> {
  const response = await record.responseReady;
  const { url, method } = record.request;
  const { status, statusText } = response;
  const body = isKeepable(record) ? await record.keep() : await cacheBody(id, index, response);
  const headers = [...response.headers].filter(([name]) => !WIRE_HEADERS.has(name));
  const unverified = integrity || undefined;
  const storedAt = Date.now();
  const stored = { id, index, url: withoutFragment(url), method, status, statusText, headers, body, storedAt, unverified };
  const db = await database();
  const before = await db.get('responses', [id, index]);
  await db.put('responses', stored);
  if (before && before.body.key !== body.key) await forgetBody(before);
  return stored;
}

/** The newest stored response for a URL, its body not yet read. */
export async function findResponse(url: string): Promise<StoredResponse | undefined> {
  const found = await (await database()).getAllFromIndex('responses', 'url', withoutFragment(url));
  const answers = found.filter(({ method, unverified }) => method === 'GET' && !unverified);
  return answers.sort((a, b) => a.storedAt - b.storedAt).at(-1);
}

/** What of a download has to be held against its hashes still. */
export async function unverifiedOf(id: string): Promise<StoredResponse[]> {
  return (await responsesOf(id)).filter(({ unverified }) => unverified);
}

/** Serves from now on what has its hash, and deletes what has not. */
export async function verify(id: string, mismatched: ReadonlySet<number>): Promise<void> {
  const db = await database();
  for (const stored of await unverifiedOf(id)) {
    if (mismatched.has(stored.index)) await deleteResponse(stored);
    else await db.put('responses', { ...stored, unverified: undefined });
  }
}

/** Bytes `start` to `end` (exclusive) of a stored body, streaming. Rejects with `NotFoundError` when the browser has taken them. */
export async function readStored(
  { body, url }: StoredResponse,
  start = 0,
  end = body.size,
): Promise<Blob | ReadableStream<Uint8Array>> {
  if (body.store !== 'cache') return readBody(body, start, end);
  const cached = await (await caches.open(CACHE)).match(body.key);
  if (!cached) throw new DOMException(`The stored body of ${url} is gone. Download it again.`, 'NotFoundError');
  return (await cached.blob()).slice(start, end);
}

/** How many whole bodies each download still has. */
export async function bodiesThere(): Promise<Map<string, number>> {
  const [stored, cached] = await Promise.all([(await database()).getAll('responses'), cachedKeys()]);
  const there = await Promise.all(
    stored.map(async ({ body }) => (body.store === 'cache' ? cached.has(body.key) : bodyExists(body))),
  );
  const counts = new Map<string, number>();
  for (const [i, { id }] of stored.entries()) if (there[i]) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** Deletes what a download stored. */
export async function deleteResponses(id: string): Promise<void> {
  await Promise.all((await responsesOf(id)).map(deleteResponse));
}

/** Deletes responses of downloads that nobody knows, and bodies that no response speaks of. */
export async function deleteOrphans(known: ReadonlySet<string>): Promise<void> {
  const stored = await (await database()).getAll('responses');
  const lost = new Set(stored.map(({ id }) => id).filter((id) => !known.has(id)));
  await Promise.all([...lost].map(deleteResponses));
  const spoken = new Set(stored.map(({ body }) => body.key));
  const cached = [...(await cachedKeys())].filter((key) => !spoken.has(key));
  const cache = cached.length > 0 ? await caches.open(CACHE) : undefined;
  for (const key of cached) await cache?.delete(key);
  const bodies = (await listBodies()).filter(({ key, kept }) => kept && !spoken.has(key));
  await Promise.all(bodies.map((body) => deleteBody(body)));
}

/** The URLs that can be answered. */
export async function storedUrls(): Promise<Set<string>> {
  const db = await database();
  const urls = new Set<string>();
  for (
    let cursor = await db.transaction('responses').store.index('url').openKeyCursor();
    cursor;
    cursor = await cursor.continue()
  ) {
    urls.add(cursor.key);
  }
  return urls;
}

/** A URL as responses are found by: its fragment never reaches a server. */
export function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url;
}

/** These describe the message on the wire, not the bytes at rest. */
const WIRE_HEADERS = new Set([
  'content-encoding',
  'content-length',
  'content-range',
  'transfer-encoding',
  'vary',
  'connection',
  'keep-alive',
]);

async function cacheBody(id: string, index: number, response: Response): Promise<StoredResponse['body']> {
  const key = `${self.location.origin}/.bg-fetch/${encodeURIComponent(id)}/${index}/${crypto.randomUUID()}`;
  const cache = await caches.open(CACHE);
  await cache.put(key, new Response(response.body, { headers: { 'content-type': response.headers.get('content-type') ?? '' } }));
  const { size } = await ((await cache.match(key)) as Response).blob();
  return { store: 'cache', key, size };
}

async function cachedKeys(): Promise<Set<string>> {
  if (!(await caches.has(CACHE))) return new Set();
  return new Set((await (await caches.open(CACHE)).keys()).map(({ url }) => url));
}

async function deleteResponse(stored: StoredResponse): Promise<void> {
  await (await database()).delete('responses', [stored.id, stored.index]);
  await forgetBody(stored);
}

async function forgetBody({ body }: StoredResponse): Promise<void> {
  if (body.store === 'cache') await (await caches.open(CACHE)).delete(body.key);
  else await deleteBody(body);
}

/** What a download has stored. */
export async function responsesOf(id: string): Promise<StoredResponse[]> {
  return (await database()).getAll('responses', IDBKeyRange.bound([id, 0], [id, Infinity]));
}
