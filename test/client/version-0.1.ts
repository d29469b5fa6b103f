/**
 * Writes databases and files as version 0.1.0 wrote them. The rows were read in Chromium 156, Firefox 153 and WebKitGTK 2.50 after downloads of
 * that version: fields that are missing here were missing there. Nothing of `src` is used, so that a change of today's format cannot change these.
 */
import { bytesOf } from '../server/content.js';

/** Stores of bodies: files, pieces in IndexedDB, and the Cache for those of the native engine. */
export type Store = 'opfs' | 'indexeddb' | 'cache';

/** A download in the database of version 0.1. */
export interface OldDownload {
  readonly id: string;
  readonly url: string;
  /** Other fields of its record. */
  readonly fields?: object;
}

/** A body in the storage of version 0.1: the first `size` bytes of the seed's file. */
export interface OldBody {
  readonly store: Store;
  readonly seed: string;
  readonly size: number;
  /** Number of flushed bytes of a file; all by default. */
  readonly flushed?: number;
  /** True if the manager owns it, false for a body of the in-page engine. */
  readonly kept: boolean;
  /** True if the browser has evicted the bytes. */
  readonly evicted?: boolean;
}

/** Location of a body, as in a row. */
export interface OldLocation {
  readonly store: Store;
  readonly key: string;
  readonly size: number;
}

/** Start of every download: the fetch of the in-page engine follows its record. */
const STARTED = Date.now() - 60_000;

const UPGRADES: Readonly<Record<string, (database: IDBDatabase) => void>> = {
  'bg-fetch-elements': (database) => {
    database.createObjectStore('records', { keyPath: 'id' });
    database.createObjectStore('responses', { keyPath: ['id', 'index'] }).createIndex('url', 'url');
  },
  'bg-fetch-journal': (database) => {
    const fetches = database.createObjectStore('fetches', { keyPath: 'uid' });
    fetches.createIndex('active', ['active', 'id'], { unique: true });
    fetches.createIndex('scope', 'scope');
    database.createObjectStore('records', { keyPath: ['uid', 'index'] });
  },
  'bg-fetch-bytes': (database) => {
    database.createObjectStore('bodies', { keyPath: 'key' });
    database.createObjectStore('pieces');
  },
};

/** Resolves with true if this browser can write files from a page. */
export async function hasFiles(): Promise<boolean> {
  const { storage } = navigator as { storage?: Partial<StorageManager> };
  if (!storage?.getDirectory || !('createWritable' in FileSystemFileHandle.prototype)) return false;
  return storage.getDirectory().then(
    () => true,
    () => false,
  );
}

/** Writes the record of an active download of the in-page engine: whatever the page shows, it is stored as starting until it ends. */
export async function writeRecord({ id, url, fields }: OldDownload): Promise<void> {
  await put('bg-fetch-elements', 'records', {
    ...{ id, title: id, icons: [], requests: [requestOf(url)], downloadTotal: 0, engine: 'in-page', page: location.href },
    ...{ wifiOnly: undefined, startedAt: STARTED, downloaded: 0, uploaded: 0, uploadTotal: 0, result: '', failureReason: '' },
    ...{ status: 'starting', files: [fileOf(url)], kept: 0, changedAt: Date.now() },
    ...fields,
  });
}

/** Returns the progress of a file: waiting without a size, done with it. */
export function fileOf(url: string, size = 0): object {
  return size === 0
    ? { url, downloaded: 0, downloadTotal: 0, state: 'waiting', status: 0 }
    : { url, downloaded: size, downloadTotal: size, state: 'done', status: 200 };
}

/** Returns the fields of the record of a stored download. */
export function doneFields(url: string, size: number): object {
  const ended = { waitingFor: undefined, waitingUntil: undefined, verifying: undefined };
  return { result: 'success', status: 'done', downloaded: size, downloadTotal: size, files: [fileOf(url, size)], ...ended };
}

/** Writes a stored response with its body; resolves with the location of the body. */
export async function writeResponse(
  id: string,
  index: number,
  url: string,
  written: OldBody,
  unverified?: string,
): Promise<OldLocation> {
  const body = await writeBody(written);
  const headers = headersOf(written.seed, written.size).filter(([name]) => name !== 'content-length');
  const head = { id, index, url, method: 'GET', status: 200, statusText: 'OK', headers };
  await put('bg-fetch-elements', 'responses', { ...head, body, storedAt: Date.now() - 60_000, unverified });
  return body;
}

/** Writes an active fetch of the in-page engine with one request; `fields` are those of the journal's record. */
export async function writeFetch({ id, url }: OldDownload, scope: string, fields: object = {}, paused = false): Promise<void> {
  const uid = crypto.randomUUID();
  await put('bg-fetch-journal', 'fetches', {
    ...{ uid, scope, id, active: scope, title: id, icons: [], downloadTotal: 0, uploadTotal: 0, startedAt: STARTED + 10 },
    ...{ paused, result: '', failureReason: '', failureDetail: '' },
  });
  await put('bg-fetch-journal', 'records', { ...journalRecord(url), uid, index: 0, ...fields });
}

/** Writes the part that is left of a failed fetch. */
export async function writeLeft(url: string, scope: string, fields: object): Promise<void> {
  const ended = { result: 'quota-exceeded', detail: 'The disk is full.', leftAt: Date.now() - 60_000 };
  await put('bg-fetch-journal', 'records', { ...journalRecord(url), uid: `left ${scope}`, index: url, ...fields, ...ended });
}

/** Writes a body that has not ended; resolves with the fields of the journal's record. `length` is the size of the whole file. */
export async function writePart(url: string, part: Omit<OldBody, 'kept'>, length: number): Promise<object> {
  const { store, key } = await writeBody({ ...part, kept: false });
  const head = { url, type: 'basic', redirected: false, status: 200, statusText: 'OK', headers: headersOf(part.seed, length) };
  return { head, length, body: { store, key, size: 0 } };
}

async function writeBody({ store, seed, size, flushed = size, kept, evicted = false }: OldBody): Promise<OldLocation> {
  const bytes = bytesOf(seed, 0, size);
  if (store === 'cache') {
    const key = `${location.origin}/.bg-fetch/${crypto.randomUUID()}`;
    const cache = await caches.open('bg-fetch-elements');
    await cache.put(key, new Response(bytes, { headers: { 'content-type': 'application/octet-stream' } }));
    return { store, key, size };
  }
  const key = crypto.randomUUID();
  if (evicted) return { store, key, size };
  if (store === 'opfs') await writeFile(key, bytes, flushed);
  else {
    for (let at = 0; at < size; at += 1024 * 1024)
      await put('bg-fetch-bytes', 'pieces', bytes.slice(at, at + 1024 * 1024), [key, at]);
  }
  // The row of a file that grows is behind the file.
  await put('bg-fetch-bytes', 'bodies', { store, key, size: store === 'opfs' ? flushed : size, ...(kept && { kept }) });
  return { store, key, size };
}

/** Writes a file: its first 4 KiB hold its size, the number of flushed bytes, and a hash of the others. */
async function writeFile(key: string, bytes: Uint8Array<ArrayBuffer>, flushed: number): Promise<void> {
  let hash = 0;
  for (let at = Math.ceil(flushed / 512) * 512; at < bytes.byteLength; at += 512) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
  const head = new Float64Array(4096 / 8);
  head.set([bytes.byteLength, flushed, hash]);
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('bg-fetch', { create: true });
  const file = await (await folder.getFileHandle(key, { create: true })).createWritable();
  await file.write(head);
  await file.write(bytes);
  await file.close();
}

/** Returns a request of the page. */
export function requestOf(url: string): object {
  return {
    ...{ url, method: 'GET', headers: [], mode: 'cors', credentials: 'same-origin', cache: 'default', redirect: 'follow' },
    ...{ referrer: 'about:client', referrerPolicy: '', integrity: '' },
  };
}

function journalRecord(url: string): object {
  return { request: requestOf(url), uploaded: 0, length: 0, result: '', detail: '' };
}

/** Returns the headers of the test server. */
function headersOf(seed: string, size: number): [string, string][] {
  return [
    ['accept-ranges', 'bytes'],
    ['content-length', String(size)],
    ['content-type', 'application/octet-stream'],
    ['date', new Date(Date.now() - 60_000).toUTCString()],
    ['etag', `"${seed}-${size}"`],
    ['last-modified', 'Thu, 01 Jan 2026 00:00:00 GMT'],
  ];
}

async function put(name: string, store: string, row: unknown, key?: IDBValidKey): Promise<void> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => UPGRADES[name]!(opening.result);
  await succeeded(opening);
  const database = opening.result;
  await succeeded(database.transaction(store, 'readwrite').objectStore(store).put(row, key));
  database.close();
}

function succeeded(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.onsuccess = resolve;
    request.onerror = () => reject(request.error!);
  });
}
