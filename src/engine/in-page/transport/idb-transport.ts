/** Downloads in the page to IndexedDB in pieces: for browsers and pages without files in a worker. */
import { assumedSpace, commitSize } from '../../../bytes/bodies.js';
import { addPiece, PIECE } from '../../../bytes/pieces.js';
import { readChunks } from './chunk-reader.js';
import { TransferError, toTransferError } from './transfer-error.js';
import { toResponseHead, REPORT_INTERVAL, type IncomingResponse, type Transport } from './transport.js';
import { toOutgoing } from './outgoing-request.js';
import { readInRanges } from './range-reader.js';
import { encodedBodySize } from './encoded-body-size.js';

/** Returns a transport that needs only `fetch` and IndexedDB. */
export function createIdbTransport(): Transport {
  return {
    store: 'indexeddb',
    async send(request, options): Promise<IncomingResponse> {
      const { signal } = options;
      const control = new AbortController();
      const cancel = (): void => control.abort();
      signal.throwIfAborted();
      const { url, init } = toOutgoing(request, options);
      const begun = performance.now();
      signal.addEventListener('abort', cancel, { once: true });
      const sent = { ...init, signal: control.signal };
      const response = await fetch(url, sent).catch((error: unknown) => {
        throw toTransferError('no-response', error);
      });
      const chunks = readChunks(response.body);
      return {
        head: toResponseHead(response),
        cancel,
        async storeBody({ key, offset, length }, onSize) {
          const body = readInRanges({ url, init: sent, response, chunks }, offset, length);
          const size = await storePieces(body, new PieceWriter(key, offset), onSize);
          return { size, encodedSize: response.headers.has('content-encoding') ? await encodedBodySize(url, begun) : 0 };
        },
      };
    },
  };
}

/** Time without a byte after which an incomplete piece is stored, in milliseconds. */
const QUIET_TIME = 1000;

/** Stores all chunks; resolves with the size of the body. */
async function storePieces(
  chunks: AsyncIterable<Uint8Array>,
  pieces: PieceWriter,
  onSize: (size: number) => void,
): Promise<number> {
  let reportedAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const report = (): void => {
    reportedAt = performance.now();
    onSize(pieces.size);
  };
  /** Stores and reports the last bytes before a stall. */
  const reportLate = (): void => {
    report();
    timer = setTimeout(() => pieces.storeRest(), QUIET_TIME);
  };
  try {
    for await (const chunk of chunks) {
      // WebKitGTK 2.50 delivers all buffered data as one chunk of any size (docs/decisions/0001).
      for (let at = 0; at < chunk.byteLength; at += PIECE) {
        clearTimeout(timer);
        await pieces.write(chunk.subarray(at, at + PIECE));
        if (performance.now() - reportedAt >= REPORT_INTERVAL) report();
        timer = setTimeout(reportLate, REPORT_INTERVAL);
      }
    }
  } catch (error) {
    await pieces.end();
    throw toTransferError('network', error);
  } finally {
    clearTimeout(timer);
  }
  await pieces.end();
  return pieces.size;
}

/** Collects bytes into pieces and stores each while the next fills. */
class PieceWriter {
  readonly #key: string;
  #offset: number;
  #piece = new Uint8Array(PIECE);
  #next = new Uint8Array(PIECE);
  #filled = 0;
  #storing: Promise<void> = Promise.resolve();

  constructor(key: string, offset: number) {
    this.#key = key;
    this.#offset = offset;
  }

  get size(): number {
    return this.#offset + this.#filled;
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let taken = 0; taken < bytes.byteLength;) {
      const part = bytes.subarray(taken, taken + PIECE - this.#filled);
      this.#piece.set(part, this.#filled);
      this.#filled += part.byteLength;
      taken += part.byteLength;
      if (this.#filled === PIECE) await this.#store();
    }
  }

  /** Stores the incomplete piece; an error rejects the next one. */
  storeRest(): void {
    this.#store().catch(() => undefined);
  }

  async end(): Promise<void> {
    await this.#store();
    await this.#storing;
    if (this.#offset === 0) await stored(commitSize({ store: 'indexeddb', key: this.#key, size: 0 }));
  }

  async #store(): Promise<void> {
    await this.#storing;
    if (this.#filled === 0) return;
    const piece = this.#filled === PIECE ? this.#piece : this.#piece.slice(0, this.#filled);
    this.#storing = stored(add(this.#key, this.#offset, piece));
    // An error rejects the next piece, which waits for this one.
    this.#storing.catch(() => undefined);
    this.#offset += piece.byteLength;
    this.#filled = 0;
    // The previous piece is stored, and its memory is free.
    [this.#piece, this.#next] = [this.#next, this.#piece];
  }
}

/** Rejects with `quota` before the limit of WebKitGTK 2.50, which accepts no further write once it is reached (docs/decisions/0004). */
async function add(...[key, offset, piece]: Parameters<typeof addPiece>): Promise<void> {
  const space = await assumedSpace();
  if (space && space.usage + piece.byteLength > space.quota)
    throw new TransferError('quota', `${space.usage} of ${space.quota} bytes are used.`);
  await addPiece(key, offset, piece);
}

function stored(write: Promise<void>): Promise<void> {
  return write.catch((error: unknown) => {
    throw toTransferError('storage', error);
  });
}
