/** Moves bytes in the page into IndexedDB, piece by piece: for browsers and pages where files in a worker do not work. */
import { addPiece, vouch } from '../../bytes/bodies.js';
import type { ResponseHead } from './journal.js';
import {
  NetworkFault,
  PIECE,
  REPORT_INTERVAL,
  toStorageFault,
  type Exchange,
  type Mover,
  type OutgoingRequest,
  type Poured,
} from './mover.js';

/** Needs nothing but `fetch` and IndexedDB. */
export function createPieceMover(): Mover {
  return {
    store: 'indexeddb',
    async send({ url, init }: OutgoingRequest, signal: AbortSignal): Promise<Exchange> {
      signal.throwIfAborted();
      const control = new AbortController();
      signal.addEventListener('abort', () => control.abort(), { once: true });
      try {
        return new PieceExchange(url, await fetch(url, { ...init, signal: control.signal }), control);
      } catch (error) {
        throw toNetworkFault(error);
      }
    },
  };
}

class PieceExchange implements Exchange {
  readonly head: ResponseHead;
  readonly #body: ReadableStream<Uint8Array<ArrayBuffer>> | null;
  readonly #control: AbortController;
  readonly #url: string;

  constructor(asked: string, response: Response, control: AbortController) {
    this.#url = asked;
    const { url, type, redirected, status, statusText, headers } = response;
    this.head = { url, type, redirected, status, statusText, headers: [...headers] };
    this.#body = response.body;
    this.#control = control;
  }

  cancel(): void {
    this.#control.abort();
  }

  async pour(key: string, start: number, onSize: (size: number) => void): Promise<Poured> {
    const pieces = new PieceWriter(key, start);
    let reported = 0;
    try {
      const reader = this.#body?.getReader();
      for (;;) {
        const chunk = await reader?.read().catch(async (error: unknown) => {
          await pieces.end();
          throw toNetworkFault(error);
        });
        if (!chunk || chunk.done) break;
        await pieces.write(chunk.value);
        const now = performance.now();
        if (now - reported < REPORT_INTERVAL) continue;
        reported = now;
        onSize(pieces.size);
      }
      await pieces.end();
      onSize(pieces.size);
      const timing = performance.getEntriesByName(this.#url).at(-1) as PerformanceResourceTiming | undefined;
      return { size: pieces.size, wire: timing?.encodedBodySize ?? 0 };
    } catch (error) {
      this.cancel();
      throw error;
    }
  }
}

/** Collects bytes into pieces and stores each while the next fills. */
class PieceWriter {
  readonly #key: string;
  #offset: number;
  #piece = new Uint8Array(PIECE);
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

  async end(): Promise<void> {
    if (this.#filled > 0) await this.#store();
    await this.#storing;
    if (this.#offset === 0) await stored(vouch({ store: 'indexeddb', key: this.#key, size: 0 }));
  }

  async #store(): Promise<void> {
    await this.#storing;
    const piece = this.#filled === PIECE ? this.#piece : this.#piece.slice(0, this.#filled);
    this.#storing = stored(addPiece(this.#key, this.#offset, piece));
    // A fault is told to the next piece, which waits for this one.
    this.#storing.catch(() => undefined);
    this.#offset += piece.byteLength;
    this.#filled = 0;
    this.#piece = new Uint8Array(PIECE);
  }
}

async function stored(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw toStorageFault(error);
  }
}

function toNetworkFault(error: unknown): NetworkFault {
  return new NetworkFault(error instanceof Error ? error.message : String(error));
}
