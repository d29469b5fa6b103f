/**
 * The dedicated worker's whole code: one function that uses nothing outside of itself, because its text becomes the worker (see
 * `file-mover.ts`). It moves bytes, and decides no more than how they are asked for. Each response has a port of its own.
 */
import type { markBytes } from '../../bytes/mark.js';
import type { FaultKind } from './fault.js';
import type { ResponseHead } from './journal.js';
import type { headOf, OutgoingRequest } from './mover.js';
import type { wireSize } from './wire-size.js';

/** Where a body goes, and from which byte on. */
interface Place {
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
): void {
  /** How many bytes are written at a time, at most; a browser that is killed costs no more. */
  const CHUNK = 1024 * 1024;

  /** How long bytes may rest in the system's memory alone, in milliseconds. */
  const CALM = 5000;

  /** What comes faster than that, in bytes a millisecond, is asked for in ranges; what is over in a second or two is not. */
  const FAST = 16e3;

  /**
   * How much is asked for at a time. A browser piles up what is not read yet (Firefox without a limit, Chromium up to 50 MB, as measured),
   * and only the end of a response keeps it from that.
   */
  const RANGE = 32 * CHUNK;

  /** How many bytes may lie there unread once a range has come, for the next to be larger; and how large it may be. */
  const AHEAD = 16e6;
  const LARGEST = 5e8;

  /** Addresses that were answered with other ranges than those asked for. */
  const whole = new Set<string>();

  /** The validator of what comes in ranges is a strong one. */
  const versionOf = (headers: Headers): string => headers.get('etag') ?? headers.get('last-modified') ?? '';

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
    try {
      reader = body.getReader({ mode: 'byob' });
    } catch {
      // Not every browser's responses are byte streams.
      const plain = body.getReader();
      for (let chunk = await plain.read(); !chunk.done; chunk = await plain.read()) yield chunk.value;
      return;
    }
    let buffer = new ArrayBuffer(CHUNK);
    let filled = 0;
    let given = performance.now();
    try {
      for (;;) {
        const { value, done } = await reader.read(new Uint8Array(buffer, filled));
        if (!value) return;
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
    const begun = performance.now();
    const post = (news: PumpNews): void => port.postMessage(news);
    const fail = (fault: FaultKind, error: unknown): void => {
      const { name, message } = error as Error;
      post({ fault, name, message });
    };

    const pour = async ({ headers, type, body }: Response, { key, at: start, length }: Place): Promise<void> => {
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
      /** Asks for the bytes from `at` on; rejects when anything else is answered. */
      const ask = async (end: number): Promise<Response> => {
        const range = `${at}-${end - 1}`;
        const asked = new Headers(init.headers);
        asked.set('range', `bytes=${range}`);
        if (type === 'basic') asked.set('if-range', versionOf(headers));
        const answer = await fetch(url, { ...init, headers: asked, signal: control.signal });
        const fits = answer.status === 206 && answer.headers.get('content-range') === `bytes ${range}/${length}`;
        if (fits && versionOf(answer.headers) === versionOf(headers)) return answer;
        whole.add(url);
        throw new TypeError(`The server answered ${answer.status} with a range that does not fit.`);
      };
      /** The body as it comes; what comes fast is soon asked for in ranges. */
      async function* chunks(): AsyncGenerator<Uint8Array> {
        let isCut = false;
        for await (const chunk of chunksOf(body)) {
          yield chunk;
          isCut = at + RANGE < length && at - start > (performance.now() - begun + 1000) * FAST && !whole.has(url);
          if (isCut) break;
        }
        for (let size = RANGE; isCut && at < length;) {
          const end = Math.min(at + size, length);
          const loaded = (): number => performance.getEntriesByName(url).length;
          const before = loaded();
          let ahead = 0;
          for await (const chunk of chunksOf((await ask(end)).body)) {
            yield chunk;
            if (loaded() > before) ahead ||= end - at;
          }
          size = ahead > AHEAD ? RANGE : Math.min(4 * size, LARGEST);
        }
      }
      try {
        file = await openFile(key);
        // Bytes beyond what can be built on are from before a crash.
        file.truncate(settings.head + start);
        if (start > 0) flush();
        note();
        where = 'network';
        for await (const chunk of chunks()) {
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
        const isPacked = headers.has('content-encoding');
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
    fetch(url, { ...init, signal: control.signal }).then(
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
    file.truncate(0);
    file.write(new Uint8Array(8), { at: 0 });
    file.flush();
    const size = file.getSize();
    file.close();
    return size === 8;
  };
  prove().then(
    (proven) => scope.postMessage(proven),
    () => scope.postMessage(false),
  );
}
