/**
 * The dedicated worker's whole code: one function that uses nothing outside of itself, because its text becomes the
 * worker (see `file-mover.ts`). It moves bytes and decides nothing.
 */
import type { ResponseHead } from './journal.js';
import type { OutgoingRequest } from './mover.js';

/** What the page tells the worker. */
export type PumpOrder =
  | { readonly type: 'send'; readonly exchange: number; readonly request: OutgoingRequest }
  | { readonly type: 'pour'; readonly exchange: number; readonly key: string; readonly at: number }
  | { readonly type: 'vouched'; readonly exchange: number; readonly size: number }
  | { readonly type: 'cancel'; readonly exchange: number };

/** What the worker tells the page; `flushed` is answered by `vouched`, once for several where it takes long. */
export type PumpNews =
  | { readonly type: 'ready' }
  | { readonly type: 'unfit'; readonly message: string }
  | { readonly type: 'head'; readonly exchange: number; readonly head: ResponseHead }
  | { readonly type: 'size'; readonly exchange: number; readonly size: number }
  | { readonly type: 'flushed'; readonly exchange: number; readonly size: number }
  | { readonly type: 'end'; readonly exchange: number; readonly size: number; readonly wire: number }
  | {
      readonly type: 'fault';
      readonly exchange: number;
      readonly at: 'network' | 'storage';
      readonly name: string;
      readonly message: string;
    };

/** The worker's side of `postMessage`, without the worker's type library. */
export interface PumpScope {
  postMessage(news: PumpNews): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<PumpOrder>) => void): void;
}

/** What this needs of `FileSystemSyncAccessHandle`, which only the worker's type library has. */
interface SyncFile {
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  getSize(): number;
  close(): void;
}

/** Runs in the worker. */
/* istanbul ignore next -- counters of the page do not exist in the worker */
export function pump(
  scope: PumpScope,
  folderName: string,
  probeName: string,
  piece: number,
  lead: number,
  interval: number,
): void {
  interface Passage {
    readonly url: string;
    readonly control: AbortController;
    body: ReadableStream<Uint8Array<ArrayBuffer>> | null;
    vouched: (size: number) => void;
  }
  const passages = new Map<number, Passage>();
  const bufferSize = Math.min(piece, 1024 * 1024);
  const spare: ArrayBuffer[] = [];

  const folder = async (): Promise<FileSystemDirectoryHandle> =>
    (await navigator.storage.getDirectory()).getDirectoryHandle(folderName, { create: true });

  const openSync = async (key: string): Promise<SyncFile> => {
    const file = (await (await folder()).getFileHandle(key, { create: true })) as FileSystemFileHandle & {
      createSyncAccessHandle(): Promise<SyncFile>;
    };
    // The worker of a page that has just gone may hold the file for another moment.
    for (let tries = 0; ; tries++) {
      try {
        return await file.createSyncAccessHandle();
      } catch (error) {
        if (tries === 20 || !(error instanceof DOMException) || error.name !== 'NoModificationAllowedError') throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };

  const probe = async (): Promise<void> => {
    const file = await openSync(probeName);
    file.truncate(0);
    file.write(new Uint8Array(8), { at: 0 });
    file.flush();
    const size = file.getSize();
    file.close();
    if (size !== 8) throw new Error('A file did not take what was written.');
  };

  const fault = (exchange: number, at: 'network' | 'storage', error: unknown): void => {
    const { name, message } = error instanceof Error || error instanceof DOMException ? error : new Error(String(error));
    scope.postMessage({ type: 'fault', exchange, at, name, message });
  };

  const send = async (exchange: number, { url, init }: OutgoingRequest): Promise<void> => {
    const control = new AbortController();
    const passage: Passage = { url, control, body: null, vouched: () => undefined };
    passages.set(exchange, passage);
    try {
      const response = await fetch(url, { ...init, signal: control.signal });
      passage.body = response.body;
      const { type, redirected, status, statusText } = response;
      const head = { url: response.url, type, redirected, status, statusText, headers: [...response.headers] };
      scope.postMessage({ type: 'head', exchange, head });
    } catch (error) {
      passages.delete(exchange);
      fault(exchange, 'network', error);
    }
  };

  /** Gives every chunk of the body; it is the reader's until the next one is asked for. */
  async function* chunksOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array> {
    let reader: ReadableStreamBYOBReader | undefined;
    try {
      reader = body.getReader({ mode: 'byob' });
    } catch {
      // Not every browser's responses are byte streams.
    }
    if (!reader) {
      const plain = body.getReader();
      for (;;) {
        const { value, done } = await plain.read();
        if (done) return;
        yield value;
      }
    }
    let buffer = spare.pop() ?? new ArrayBuffer(bufferSize);
    for (;;) {
      const { value, done } = await reader.read(new Uint8Array(buffer));
      if (value) buffer = value.buffer;
      if (done || !value) break;
      yield value;
    }
    spare.push(buffer);
  }

  const pour = async (exchange: number, key: string, start: number): Promise<void> => {
    const passage = passages.get(exchange);
    if (!passage) return;
    let file: SyncFile | undefined;
    let where: 'network' | 'storage' = 'storage';
    let at = start;
    let flushed = start;
    let reported = 0;
    // Nothing is, not even no bytes, before the page has said so.
    let vouched = -1;
    let caughtUp = (): void => undefined;
    passage.vouched = (size) => {
      vouched = size;
      caughtUp();
    };
    /** Waits until no more than `distance` bytes are written and not vouched for. */
    const vouchedWithin = async (distance: number): Promise<void> => {
      while (at - vouched > distance) await new Promise<void>((resolve) => (caughtUp = resolve));
    };
    const flush = (): void => {
      where = 'storage';
      file?.flush();
      flushed = at;
      scope.postMessage({ type: 'flushed', exchange, size: at });
      where = 'network';
    };
    try {
      file = await openSync(key);
      // Bytes beyond what is vouched for are from before a crash.
      file.truncate(start);
      where = 'network';
      if (passage.body) {
        for await (const chunk of chunksOf(passage.body)) {
          where = 'storage';
          let written = 0;
          while (written < chunk.byteLength) {
            const taken = file.write(written ? chunk.subarray(written) : chunk, { at: at + written });
            if (taken <= 0) throw new DOMException('The file takes no more bytes.', 'QuotaExceededError');
            written += taken;
          }
          at += written;
          where = 'network';
          if (at - flushed >= piece) {
            flush();
            await vouchedWithin(lead);
          }
          const now = performance.now();
          if (now - reported >= interval) {
            reported = now;
            scope.postMessage({ type: 'size', exchange, size: at });
          }
        }
      }
      flush();
      await vouchedWithin(0);
      file.close();
      const timing = performance.getEntriesByName(passage.url).at(-1) as PerformanceResourceTiming | undefined;
      scope.postMessage({ type: 'end', exchange, size: at, wire: timing?.encodedBodySize ?? 0 });
      performance.clearResourceTimings();
    } catch (error) {
      const place = where;
      try {
        flush();
        await vouchedWithin(0);
        file?.close();
      } catch {
        // What could not be flushed is not vouched for, and is fetched again.
      }
      fault(exchange, place, error);
    } finally {
      passages.delete(exchange);
    }
  };

  scope.addEventListener('message', ({ data }) => {
    if (data.type === 'send') void send(data.exchange, data.request);
    else if (data.type === 'pour') void pour(data.exchange, data.key, data.at);
    else if (data.type === 'vouched') passages.get(data.exchange)?.vouched(data.size);
    else passages.get(data.exchange)?.control.abort();
  });

  probe().then(
    () => scope.postMessage({ type: 'ready' }),
    (error: unknown) => scope.postMessage({ type: 'unfit', message: String(error) }),
  );
}
