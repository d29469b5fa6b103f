/** Stored responses: heads in IndexedDB; bodies as files, in the storage of the in-page engine, or in the Cache if files do not work. */
import { deleteAllBodies, deleteBody, listBodies } from '../bytes/bodies.js';
import { removeSwap } from '../bytes/files.js';
import { requested, type Store } from '../bytes/indexed-db.js';
import { writeBody } from '../bytes/keep.js';
import { evicted, readBody } from '../bytes/read-body.js';
import type { StoredBody } from '../bytes/stored-body.js';
import { wholeBodies } from '../bytes/whole.js';
import { isKeepable } from '../standard/extras.js';
import type { PlainRequest } from '../standard/plain-request.js';
import type { BackgroundFetchRecord } from '../standard/background-fetch.js';
import { isAnswerable, mayBeDocument } from './answerable.js';
import { database, type CachedBody, type StoredResponse } from './database.js';
import { shortageOf } from './native-size.js';
import { MAX_REQUESTS, type FetchRecord } from './record.js';
import { isStoredResponse } from './schema.js';

const CACHE = 'bg-fetch-elements';

/** Headers of the transfer, which do not describe the stored body. */
const TRANSFER_HEADERS = /^(content-(encoding|length|range)|transfer-encoding|vary|connection|keep-alive)$/;

/** Position of a response in its download, and its expected hash. */
export interface ResponsePosition {
  readonly index: number;
  /** Expected hashes of its body; empty if there are none. */
  readonly integrity: string;
}

/**
 * Stores one response and resolves with its size in bytes, or with the reason why it is not whole and not stored. The head is written last,
 * so that a half-stored file is never found. Replaces the file that the download stored before. If the new file must be verified first, the
 * older one is moved to an index above `MAX_REQUESTS`, and is served from there.
 */
export async function storeResponse(
  { id, startedAt, requests }: Pick<FetchRecord, 'id' | 'startedAt' | 'requests'>,
  { index, integrity }: ResponsePosition,
  record: BackgroundFetchRecord,
): Promise<{ readonly size: number; readonly shortage?: string | undefined }> {
  const response = await record.responseReady;
  const { url, method } = record.request;
  // A 206 with the whole file is answered as 200.
  const { status, statusText } = response.status === 206 ? { status: 200, statusText: '' } : response;
  let body: StoredResponse['body'];
  if (isKeepable(record)) body = await record.keep();
  else {
    const whole = await response.blob();
    const shortage = await shortageOf(requests[index] as PlainRequest, response, whole.size);
    if (shortage) return { size: whole.size, shortage };
    body = await storeBody(whole);
  }
  const headers = [...response.headers].filter(([name]) => !TRANSFER_HEADERS.test(name));
  const unverified = integrity || undefined;
  const storedAt = Date.now();
  const from = { id, index, url: withoutFragment(url), finalUrl: withoutFragment(response.url), method, startedAt };
  const stored = { ...from, status, statusText, headers, body, storedAt, unverified };
  const gone = await database(['responses'], 'readwrite', async (responses) => {
    const all = (await requested(responses.getAll(rangeOf(id)))).filter(isStoredResponse);
    const there = all.filter((each) => each.index === index);
    responses.put(stored);
    const [before] = there;
    if (!before || !unverified || before.unverified) return there;
    const aside = all.filter((each) => each.index >= MAX_REQUESTS);
    const older = aside.filter((each) => each.url === before.url);
    for (const each of older) responses.delete([id, each.index]);
    responses.put({ ...before, index: Math.max(MAX_REQUESTS, ...aside.map((each) => each.index + 1)) });
    return older;
  });
  for (const { body: left } of gone) if (left.key !== body.key) await forgetBody(left);
  return { size: body.size };
}

/** Resolves with the newest stored response of a URL, without reading its body; not with one of a removed download. */
export async function findResponse(url: string): Promise<StoredResponse | undefined> {
  return (await answerable((responses) => responses.index('url').getAll(withoutFragment(url)))).at(-1);
}

/** Resolves with the stored responses of a download. */
export function responsesOf(id: string): Promise<StoredResponse[]> {
  return listResponses(rangeOf(id));
}

/** Resolves with the responses of a record that are not verified yet. */
export async function unverifiedOf(record: FetchRecord): Promise<StoredResponse[]> {
  const stored = await responsesOf(record.id);
  return stored.filter((each) => each.unverified && responseFor(record, each.index, [each]));
}

/** Marks a response as verified, so that it is served. */
export async function serve(stored: StoredResponse): Promise<void> {
  await database(['responses'], 'readwrite', (responses) => responses.put({ ...stored, unverified: undefined }));
}

/** Resolves with bytes `start` to `end` (exclusive) of a stored body. Rejects with `NotFoundError` if the browser has evicted them. */
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

/** Resolves with the whole stored responses of each download. Rejects if that cannot be checked now. */
export async function storedWhole(): Promise<Map<string, StoredResponse[]>> {
  const stored = await listResponses();
  const bodies = stored.map(({ body }) => body).filter(isStoredBody);
  const there = await wholeBodies(bodies);
  for (const { key } of await listCached()) there.add(key);
  const whole = new Map<string, StoredResponse[]>();
  for (const response of stored) {
    const { id, body } = response;
    if (!there.has(body.key)) continue;
    const others = whole.get(id);
    if (others) others.push(response);
    else whole.set(id, [response]);
  }
  return whole;
}

/** Returns the response for a file of a record: that with the same index, URL and attempt. */
export function responseFor(record: FetchRecord, index: number, stored: readonly StoredResponse[]): StoredResponse | undefined {
  const url = withoutFragment(record.files[index]?.url ?? '');
  const isOfAttempt = ({ startedAt = record.startedAt }: StoredResponse) => startedAt === record.startedAt;
  return stored.find((each) => each.index === index && each.url === url && isOfAttempt(each));
}

/** Deletes responses of a download that are no file of its record: those of an earlier attempt or another URL. */
export async function deleteLeftovers(record: FetchRecord): Promise<void> {
  const stored = await responsesOf(record.id);
  const left = stored.filter((each) => responseFor(record, each.index, [each]) !== each);
  await Promise.all(left.map(deleteResponse));
}

/** Deletes all responses of a download, damaged rows included. */
export async function deleteResponses(id: string): Promise<void> {
  await Promise.all((await listRows(rangeOf(id))).map(deleteResponse));
}

/** Deletes all responses, records and bodies. */
export async function deleteAllResponses(): Promise<void> {
  await database(['records', 'responses'], 'readwrite', (records, responses) => {
    records.clear();
    return responses.clear();
  });
  await caches.delete(CACHE);
  await deleteAllBodies();
}

/** Deletes responses without a record, and bodies without a response. Nothing may be stored at the same time. */
export async function deleteOrphans(known: ReadonlySet<IDBValidKey>): Promise<void> {
  const [stored, bodies, cached] = await Promise.all([listRows(), listBodies(), listCached()]);
  const used = new Set(stored.map(({ body }) => body?.key));
  const orphans = [...bodies.filter(({ kept }) => kept), ...cached].filter(({ key }) => !used.has(key));
  // The worker may have been stopped while it wrote the file.
  if (orphans.some(({ store }) => store === 'opfs')) await removeSwap();
  await Promise.all([...stored.filter(({ id }) => !known.has(id)).map(deleteResponse), ...orphans.map(forgetBody)]);
}

/** Resolves with the URLs that can be answered; the value is true if the response may become a document. */
export async function storedUrls(): Promise<Map<string, boolean>> {
  const answers = await answerable((responses) => responses.getAll());
  return new Map(answers.map((stored) => [stored.url, mayBeDocument(stored)]));
}

/** Removes the fragment of a URL, as in the keys of responses. */
export function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url;
}

/** Resolves with the responses that may be answered, newest last, without those of removed downloads. */
async function answerable(read: (responses: Store<StoredResponse>) => IDBRequest<StoredResponse[]>): Promise<StoredResponse[]> {
  const found = await database(['responses', 'records'], 'readonly', async (responses, records) => {
    const all = await requested(read(responses));
    const ids = [...new Set(all.map(({ id }) => id))];
    const owners = await Promise.all(ids.map((id) => requested(records.get(id))));
    const discarded = new Set(ids.filter((_id, i) => owners[i]?.discardedAt !== undefined));
    return all.filter(({ id }) => !discarded.has(id));
  });
  return found
    .filter(isStoredResponse)
    .filter(isAnswerable)
    .sort((a, b) => a.storedAt - b.storedAt);
}

/** A row that may be damaged. */
type Row = Pick<StoredResponse, 'id' | 'index'> & Partial<Pick<StoredResponse, 'body'>>;

function rangeOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}

async function listResponses(range?: IDBKeyRange): Promise<StoredResponse[]> {
  return (await listRows(range)).filter(isStoredResponse);
}

function listRows(range?: IDBKeyRange): Promise<Row[]> {
  return database(['responses'], 'readonly', (responses) => responses.getAll(range));
}

async function listCached(): Promise<CachedBody[]> {
  if (!(await caches.has(CACHE))) return [];
  return (await (await caches.open(CACHE)).keys()).map(({ url }) => ({ store: 'cache', key: url, size: 0 }));
}

/** Stores a body as a file, which is safe from sites that delete all caches; in the Cache if files cannot be written. */
async function storeBody(bytes: Blob): Promise<StoredResponse['body']> {
  try {
    return await writeBody(bytes);
  } catch (error) {
    if ((error as Error).name === 'QuotaExceededError') throw error;
    return cacheBody(bytes);
  }
}

async function cacheBody(bytes: Blob): Promise<CachedBody> {
  const key = `${location.origin}/.bg-fetch/${crypto.randomUUID()}`;
  const cache = await caches.open(CACHE);
  await cache.put(key, new Response(bytes));
  const { size } = await ((await cache.match(key)) as Response).blob();
  return { store: 'cache', key, size };
}

/** Deletes one response and its body. */
export async function deleteResponse(row: Row): Promise<void> {
  await database(['responses'], 'readwrite', (responses) => responses.delete([row.id, row.index]));
  if (isStoredResponse(row)) await forgetBody(row.body);
}

function isStoredBody(body: StoredResponse['body']): body is StoredBody {
  return body.store !== 'cache';
}

async function forgetBody(body: StoredResponse['body']): Promise<void> {
  if (body.store === 'cache') await (await caches.open(CACHE)).delete(body.key);
  else await deleteBody(body);
}
