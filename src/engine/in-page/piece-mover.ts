/** Moves bytes in the page into IndexedDB, piece by piece: for browsers and pages where files in a worker do not work. */
import { untoldSpace, vouch } from '../../bytes/bodies.js';
import { addPiece, PIECE } from '../../bytes/pieces.js';
import { Fault, toFault } from './fault.js';
import { headOf, REPORT_INTERVAL, type Exchange, type Mover, type Poured } from './mover.js';
import { outgoing } from './outgoing.js';
import { inRanges } from './ranges.js';
import { wireSize } from './wire-size.js';

/** Needs nothing but `fetch` and IndexedDB. */
export function createPieceMover(): Mover {
  /** What did not fit when it was asked for in ranges. */
  const unfit = new Set<string>();
  return {
    store: 'indexeddb',
    async send(request, sending): Promise<Exchange> {
      const { signal } = sending;
      const control = new AbortController();
      const cancel = (): void => control.abort();
      signal.throwIfAborted();
      const { url, init } = outgoing(request, sending);
      const begun = performance.now();
      signal.addEventListener('abort', cancel, { once: true });
      const sent = { ...init, signal: control.signal };
      const response = await fetch(url, sent).catch((error: unknown) => {
        throw toFault('silence', error);
      });
      return {
        head: headOf(response),
        cancel,
        async pour(key, at, onSize, length): Promise<Poured> {
          const chunks = inRanges(url, sent, response, at, length, chunksOf, unfit);
          const size = await pour(chunks, new PieceWriter(key, at), onSize);
          return { size, wire: response.headers.has('content-encoding') ? await wireSize(url, begun) : 0 };
        },
      };
    },
  };
}

async function pour(chunks: AsyncIterable<Uint8Array>, pieces: PieceWriter, onSize: (size: number) => void): Promise<number> {
  let told = 0;
  let silent: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    told = performance.now();
    onSize(pieces.size);
  };
  try {
    for await (const chunk of chunks) {
      // WebKit gives what has piled up as one chunk, however large.
      for (let at = 0; at < chunk.byteLength; at += PIECE) {
        clearTimeout(silent);
        await pieces.write(chunk.subarray(at, at + PIECE));
        if (performance.now() - told >= REPORT_INTERVAL) tell();
        // Else what came last before a silence would not be told.
        else silent = setTimeout(tell, REPORT_INTERVAL);
      }
    }
  } catch (error) {
    await pieces.end();
    throw toFault('network', error);
  } finally {
    clearTimeout(silent);
  }
  await pieces.end();
  return pieces.size;
}

async function* chunksOf(body: Response['body']): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  try {
    for (;;) {
      const chunk = await reader?.read();
      if (!chunk || chunk.done) return;
      yield chunk.value;
    }
  } finally {
    // What is read no further need not come either.
    reader?.cancel().catch(() => undefined);
  }
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

  async end(): Promise<void> {
    if (this.#filled > 0) await this.#store();
    await this.#storing;
    if (this.#offset === 0) await stored(vouch({ store: 'indexeddb', key: this.#key, size: 0 }));
  }

  async #store(): Promise<void> {
    await this.#storing;
    const piece = this.#filled === PIECE ? this.#piece : this.#piece.slice(0, this.#filled);
    this.#storing = stored(add(this.#key, this.#offset, piece));
    // A fault is told to the next piece, which waits for this one.
    this.#storing.catch(() => undefined);
    this.#offset += piece.byteLength;
    this.#filled = 0;
    // The one before this is stored, and its memory free.
    [this.#piece, this.#next] = [this.#next, this.#piece];
  }
}

/** Stops short of what a browser has that would let nothing be written any more. */
async function add(...[key, offset, piece]: Parameters<typeof addPiece>): Promise<void> {
  const space = await untoldSpace();
  if (space && space.usage + piece.byteLength > space.quota)
    throw new Fault('quota', `${space.usage} of ${space.quota} bytes are used.`);
  await addPiece(key, offset, piece);
}

function stored(write: Promise<void>): Promise<void> {
  return write.catch((error: unknown) => {
    throw toFault('storage', error);
  });
}
