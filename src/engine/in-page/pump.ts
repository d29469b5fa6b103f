/**
 * The dedicated worker's whole code: one function that uses nothing outside of itself, because its text becomes the worker (see
 * `file-mover.ts`). It moves bytes, and decides no more than how they are asked for. Each response has a port of its own.
 */
import type { markBytes } from '../../bytes/mark.js';
import type { FaultKind } from './fault.js';
import type { ResponseHead } from './journal.js';
import type { headOf, OutgoingRequest } from './mover.js';
import type { inRanges } from './ranges.js';
import type { wireSize } from './wire-size.js';

/** Where a body goes, and from which byte on. */
export interface Place {
  readonly key: string;
  readonly at: number;
  /** Of the whole, where what is left may be asked for in ranges, else 0. */
  readonly length: number;
}

/** What the page sends on a response's port: where its body goes, or that it is not wanted any more. */
export type PumpOrder = Place | 'cancel';

/** What the worker answers there: the head, sizes as they grow, and how it ended. */
export type PumpNews =
  | { readonly head: ResponseHead }
  | { readonly size: number; readonly wire?: number }
  | { readonly fault: FaultKind; readonly name: string; readonly message: string };

/** What the worker is told when it starts. */
export interface PumpSettings {
  readonly folder: string;
  /** A file of a few bytes that proves that files work. */
  readonly probe: string;
  /** Where a body begins in its file: before it stands how far it is. */
  readonly head: number;
  /** How often a size is told, in milliseconds. */
  readonly interval: number;
}

/** The worker's side of `postMessage`, without the worker's type library. */
export interface PumpScope {
  /** True when files work here. */
  postMessage(proven: boolean): void;
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

/** Runs in the worker, with the other functions it needs. */
/* istanbul ignore next -- counters of the page do not exist in the worker */
export function pump(
  scope: PumpScope,
  settings: PumpSettings,
  markOf: typeof markBytes,
  toHead: typeof headOf,
  sizeOnWire: typeof wireSize,
  toRanges: typeof inRanges,
): void {
  /** How many bytes are written at a time, at most; a browser that is killed costs no more. */
  const CHUNK = 1024 * 1024;

  /** How long bytes may rest in the system's memory alone, in milliseconds. */
  const CALM = 5000;

  const unfit = new Set<string>();

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

  /** Gives the body in chunks worth a write, sooner where little comes; each is the reader's until the next one is asked for. */
  async function* chunksOf(body: Response['body']): AsyncGenerator<Uint8Array> {
    if (!body) return;
    let reader: ReadableStreamBYOBReader;
    let isPlain = false;
    try {
      reader = body.getReader({ mode: 'byob' });
    } catch {
      // Not every browser's responses are byte streams. What is passed to a plain reader is no matter to it.
      reader = body.getReader() as unknown as ReadableStreamBYOBReader;
      isPlain = true;
    }
    let buffer = new ArrayBuffer(CHUNK);
    let filled = 0;
    let given = performance.now();
    try {
      for (;;) {
        const { value, done } = await reader.read(new Uint8Array(buffer, filled));
        if (!value) return;
        if (isPlain) {
          yield value;
          continue;
        }
        ({ buffer } = value);
        filled += value.byteLength;
        if (done) break;
        const now = performance.now();
        if (filled < CHUNK && now - given < settings.interval) continue;
        yield new Uint8Array(buffer, 0, filled);
        filled = 0;
        given = now;
      }
      if (filled > 0) yield new Uint8Array(buffer, 0, filled);
    } finally {
      // What is read no further need not come either.
      reader.cancel().catch(() => undefined);
    }
  }

  const serve = ({ url, init }: OutgoingRequest, port: MessagePort): void => {
    const control = new AbortController();
    const sent = { ...init, signal: control.signal };
    const begun = performance.now();
    const post = (news: PumpNews): void => port.postMessage(news);
    const fail = (fault: FaultKind, error: unknown): void => {
      const { name, message } = error as Error;
      post({ fault, name, message });
    };

    const pour = async (response: Response, { key, at: start, length }: Place): Promise<void> => {
      let where: FaultKind = 'storage';
      let at = start;
      let told = -Infinity;
      let silent: ReturnType<typeof setTimeout> | undefined;
      let file: SyncFile | undefined;
      let durable = start;
      let flushedAt = performance.now();
      let mark = 0;
      let fault: unknown;
      /** Says in the file itself how far it is: a write costs a system call, a row of a database a journey through processes. */
      const note = (): unknown => file?.write(Float64Array.of(at, durable, mark), { at: 0 });
      const tell = (): void => {
        told = performance.now();
        post({ size: at });
      };
      const flush = (): void => {
        file?.flush();
        durable = at;
        mark = 0;
        flushedAt = performance.now();
      };
      try {
        file = await openFile(key);
        // Bytes beyond what can be built on are from before a crash.
        file.truncate(settings.head + start);
        if (start > 0) flush();
        note();
        where = 'network';
        for await (const chunk of toRanges(url, sent, response, start, length, chunksOf, unfit)) {
          where = 'storage';
          mark = markOf(chunk, at, mark);
          for (let written = 0; written < chunk.byteLength;) {
            const taken = file.write(written ? chunk.subarray(written) : chunk, { at: settings.head + at });
            if (taken <= 0) throw new DOMException('The file takes no more.', 'QuotaExceededError');
            written += taken;
            at += taken;
          }
          const now = performance.now();
          if (now - flushedAt >= CALM) flush();
          note();
          where = 'network';
          clearTimeout(silent);
          if (now - told >= settings.interval) tell();
          // Else what came last before a silence would not be told.
          else silent = setTimeout(tell, settings.interval);
        }
        const isPacked = response.headers.has('content-encoding');
        // Nobody has to wait until the system has written it all.
        post({ size: at, wire: isPacked ? await sizeOnWire(url, begun) : 0 });
      } catch (error) {
        fault = error;
        control.abort();
      }
      clearTimeout(silent);
      try {
        flush();
        note();
      } catch {
        // What cannot be flushed is not vouched for, and is fetched again.
      }
      file?.close();
      if (!fault) return;
      tell();
      fail(where, fault);
    };

    let response: Response | undefined;
    port.onmessage = ({ data }: MessageEvent<PumpOrder>) => {
      if (data === 'cancel') control.abort();
      else if (response) void pour(response, data);
    };
    fetch(url, sent).then(
      (answer) => {
        response = answer;
        post({ head: toHead(answer) });
      },
      (error: unknown) => fail('silence', error),
    );
  };

  // The browser lists so few that a worker soon knew nothing of what comes.
  performance.setResourceTimingBufferSize(1e5);
  scope.onmessage = ({ data, ports: [port] }) => {
    if (port) serve(data, port);
  };

  const prove = async (): Promise<boolean> => {
    const file = await openFile(settings.probe);
    file.write(new Uint8Array(8), { at: 0 });
    file.flush();
    const size = file.getSize();
    file.close();
    return size === 8;
  };
  void prove()
    .catch(() => false)
    .then((proven) => scope.postMessage(proven));
}
