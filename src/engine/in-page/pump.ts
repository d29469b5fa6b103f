/**
 * The dedicated worker's whole code: one function that uses nothing outside of itself, because its text becomes the
 * worker (see `file-mover.ts`). It moves bytes and decides nothing. Each response has a port of its own.
 */
import type { markBytes } from '../../bytes/mark.js';
import type { Fault } from './fault.js';
import type { ResponseHead } from './journal.js';
import type { OutgoingRequest } from './mover.js';

/** What the page sends on a response's port: where its body goes, from which byte on, or that it is not wanted any more. */
export type PumpOrder = { readonly key: string; readonly at: number } | 'cancel';

/** What the worker answers there: the head, sizes as they grow, and how it ended. */
export type PumpNews =
  | { readonly head: ResponseHead }
  | { readonly size: number; readonly wire?: number }
  | { readonly fault: Fault['kind']; readonly message: string };

/** What the worker is told when it starts. */
export interface PumpSettings {
  readonly folder: string;
  /** A file of a few bytes that proves that files work. */
  readonly probe: string;
  /** Where a body begins in its file: before it stands how far it is. */
  readonly head: number;
  /** The database that tells others how far a body is, and its store. It is there already. */
  readonly database: string;
  readonly store: string;
  /** How many bytes are written at a time, at most. */
  readonly chunk: number;
  /** How long bytes may rest in the system's memory alone, in milliseconds. */
  readonly calm: number;
  /** How often a size is told, to the page and to the database, in milliseconds. */
  readonly interval: number;
}

/** The worker's side of `postMessage`, without the worker's type library. */
export interface PumpScope {
  /** Why files do not work here, or nothing. */
  postMessage(trouble: string): void;
  onmessage: ((event: MessageEvent<OutgoingRequest>) => void) | null;
}

/** What this needs of `FileSystemSyncAccessHandle`, which only the worker's type library has. */
interface SyncFile {
  write(bytes: ArrayBufferView, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  getSize(): number;
  close(): void;
}

/** Runs in the worker. */
/* istanbul ignore next -- counters of the page do not exist in the worker */
export function pump(scope: PumpScope, settings: PumpSettings, markOf: typeof markBytes): void {
  const openFile = async (key: string): Promise<SyncFile> => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(settings.folder, { create: true });
    const file = (await folder.getFileHandle(key, { create: true })) as FileSystemFileHandle & {
      createSyncAccessHandle(): Promise<SyncFile>;
    };
    // The worker of a page that has just gone may hold the file for another moment.
    for (let tries = 0; ; tries++) {
      try {
        return await file.createSyncAccessHandle();
      } catch (error) {
        if (tries === 20 || (error as Error).name !== 'NoModificationAllowedError') throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };

  const openDatabase = (): Promise<IDBDatabase> =>
    new Promise((resolve, reject) => {
      const request = indexedDB.open(settings.database);
      request.onerror = () => reject(request.error ?? new DOMException());
      request.onsuccess = () => {
        const database = request.result;
        database.onversionchange = () => database.close();
        resolve(database);
      };
    });

  const write = (database: IDBDatabase, row: object): Promise<void> =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(settings.store, 'readwrite', { durability: 'relaxed' });
      transaction.objectStore(settings.store).put(row);
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new DOMException());
    });

  /** Gives the body in chunks worth a write, sooner where little comes; each is the reader's until the next one is asked for. */
  async function* chunksOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array> {
    let reader: ReadableStreamBYOBReader;
    try {
      reader = body.getReader({ mode: 'byob' });
    } catch {
      // Not every browser's responses are byte streams.
      const plain = body.getReader();
      for (let chunk = await plain.read(); !chunk.done; chunk = await plain.read()) yield chunk.value;
      return;
    }
    let buffer = new ArrayBuffer(settings.chunk);
    let filled = 0;
    let given = performance.now();
    for (;;) {
      const { value, done } = await reader.read(new Uint8Array(buffer, filled));
      if (!value) return;
      ({ buffer } = value);
      filled += value.byteLength;
      if (done) break;
      const now = performance.now();
      if (filled < settings.chunk && now - given < settings.interval) continue;
      yield new Uint8Array(buffer, 0, filled);
      filled = 0;
      given = now;
    }
    if (filled > 0) yield new Uint8Array(buffer, 0, filled);
  }

  const serve = ({ url, init }: OutgoingRequest, port: MessagePort): void => {
    const control = new AbortController();
    const post = (news: PumpNews): void => port.postMessage(news);
    const toFault = (fault: Fault['kind'], error: unknown): PumpNews => {
      const { name, message } = error instanceof Error || error instanceof DOMException ? error : new Error(String(error));
      return { fault: name === 'QuotaExceededError' ? 'quota' : fault, message };
    };

    const pour = async (body: Response['body'], key: string, start: number): Promise<void> => {
      let where: Fault['kind'] = 'storage';
      let at = start;
      let told = -Infinity;
      let silent: ReturnType<typeof setTimeout> | undefined;
      let last: PumpNews;
      let file: SyncFile | undefined;
      let database: IDBDatabase | undefined;
      let durable = start;
      let flushedAt = performance.now();
      let mark = 0;
      let vouched = -1;
      let vouching: Promise<void> | undefined;
      /** Says in the file itself how far it is: a write costs a system call, a row a journey through processes. */
      const note = (): unknown => file?.write(Float64Array.of(at, durable, mark), { at: 0 });
      /** Tells the database what is written by now, unless it is about to. */
      const vouch = (): Promise<void> => {
        const size = at;
        vouching ??= write(database as IDBDatabase, { store: 'opfs', key, size }).then(() => {
          vouched = size;
          vouching = undefined;
        });
        // A fault is told to the next who waits for it, at the end at the latest.
        vouching.catch(() => undefined);
        return vouching;
      };
      const tell = (): void => {
        told = performance.now();
        void vouch();
        post({ size: at });
      };
      const flush = (): void => {
        file?.flush();
        durable = at;
        mark = 0;
        flushedAt = performance.now();
      };
      try {
        // One after the other: what is open when the next fails is closed in the end.
        file = await openFile(key);
        database = await openDatabase();
        // Bytes beyond what can be built on are from before a crash.
        file.truncate(settings.head + start);
        if (start > 0) flush();
        note();
        where = 'network';
        for await (const chunk of body ? chunksOf(body) : []) {
          where = 'storage';
          mark = markOf(chunk, at, mark);
          for (let written = 0; written < chunk.byteLength;) {
            const taken = file.write(written ? chunk.subarray(written) : chunk, { at: settings.head + at });
            if (taken <= 0) throw new DOMException('The file takes no more bytes.', 'QuotaExceededError');
            written += taken;
            at += taken;
          }
          const now = performance.now();
          if (now - flushedAt >= settings.calm) flush();
          note();
          where = 'network';
          clearTimeout(silent);
          if (now - told >= settings.interval) tell();
          // Else what came last before a silence would not be told.
          else silent = setTimeout(tell, settings.interval);
        }
        where = 'storage';
        await vouching;
        if (vouched < at) await vouch();
        const timing = performance.getEntriesByName(url).at(-1) as PerformanceResourceTiming | undefined;
        last = { size: at, wire: timing?.encodedBodySize ?? 0 };
        performance.clearResourceTimings();
      } catch (error) {
        last = toFault(where, error);
        control.abort();
      }
      clearTimeout(silent);
      const isWhole = !('fault' in last);
      // Nobody has to wait until the system has written it all.
      if (isWhole) post(last);
      try {
        flush();
        note();
        if (!isWhole) {
          await vouching;
          await vouch();
        }
      } catch {
        // What cannot be flushed is not vouched for, and is fetched again.
      }
      file?.close();
      database?.close();
      if (!isWhole) post(last);
    };

    let response: Response | undefined;
    port.onmessage = ({ data }: MessageEvent<PumpOrder>) => {
      if (data === 'cancel') control.abort();
      else void pour(response?.body ?? null, data.key, data.at);
    };
    fetch(url, { ...init, signal: control.signal }).then(
      (answer) => {
        response = answer;
        const { type, redirected, status, statusText } = answer;
        post({ head: { url: answer.url, type, redirected, status, statusText, headers: [...answer.headers] } });
      },
      (error: unknown) => post(toFault('silence', error)),
    );
  };

  scope.onmessage = ({ data, ports: [port] }) => {
    if (port) serve(data, port);
  };

  const prove = async (): Promise<string> => {
    const file = await openFile(settings.probe);
    file.truncate(0);
    file.write(new Uint8Array(8), { at: 0 });
    file.flush();
    const size = file.getSize();
    file.close();
    return size === 8 ? '' : 'A file did not take what was written.';
  };
  void prove()
    .catch(String)
    .then((trouble) => scope.postMessage(trouble));
}
