/** Moves bytes in the page into IndexedDB, piece by piece: for browsers and pages where files in a worker do not work. */
import { untoldSpace, vouch } from '../../bytes/bodies.js';
import { addPiece } from '../../bytes/pieces.js';
import { Fault, toFault } from './fault.js';
import { headOf, REPORT_INTERVAL, type Exchange, type Mover, type Poured } from './mover.js';
import { outgoing } from './outgoing.js';
import { wireSize } from './wire-size.js';

/** How much is stored at a time: a range that is read later costs its pieces whole. */
const PIECE = 1024 * 1024;

/** Needs nothing but `fetch` and IndexedDB. */
export function createPieceMover(): Mover {
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
      const response = await fetch(url, { ...init, signal: control.signal }).catch((error: unknown) => {
        throw toFault('silence', error);
      });
      return {
        head: headOf(response),
        cancel,
        async pour(key, at, onSize): Promise<Poured> {
          const size = await pour(response.body, new PieceWriter(key, at), onSize);
          return { size, wire: response.headers.has('content-encoding') ? await wireSize(url, begun) : 0 };
        },
      };
    },
  };
}

async function pour(body: Response['body'], pieces: PieceWriter, onSize: (size: number) => void): Promise<number> {
  let told = 0;
  let silent: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    told = performance.now();
    onSize(pieces.size);
  };
  const reader = body?.getReader();
  for (;;) {
    const chunk = await reader
      ?.read()
      .finally(() => clearTimeout(silent))
      .catch(async (error: unknown) => {
        await pieces.end();
        throw toFault('network', error);
      });
    if (!chunk || chunk.done) break;
    // WebKit gives what has piled up as one chunk, however large.
    for (let at = 0; at < chunk.value.byteLength; at += PIECE) {
      clearTimeout(silent);
      await pieces.write(chunk.value.subarray(at, at + PIECE));
      if (performance.now() - told >= REPORT_INTERVAL) tell();
      // Else what came last before a silence would not be told.
      else silent = setTimeout(tell, REPORT_INTERVAL);
    }
  }
  await pieces.end();
  return pieces.size;
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
    this.#storing = stored(add(this.#key, this.#offset, piece));
    // A fault is told to the next piece, which waits for this one.
    this.#storing.catch(() => undefined);
    this.#offset += piece.byteLength;
    this.#filled = 0;
    this.#piece = new Uint8Array(PIECE);
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
