/** Reads a body in chunks. */

/** Maximum size of a chunk in bytes, and of one that is read ahead. */
const CHUNK = 1024 * 1024;
const FIRST_CHUNK = 64 * 1024;

/**
 * Yields the chunks of a body. Reads one chunk ahead, because a stream that fails drops unread data. A chunk is valid until the next one
 * is requested. Ending the iteration cancels the body.
 */
export function readChunks(body: Response['body']): AsyncGenerator<Uint8Array> {
  let reader: ReadableStreamBYOBReader | undefined;
  try {
    reader = body?.getReader({ mode: 'byob' });
  } catch {
    // Bodies of WebKitGTK 2.50 are no byte streams (docs/decisions/0002). A default reader ignores the buffer.
    reader = body?.getReader() as unknown as ReadableStreamBYOBReader;
  }
  const early: Uint8Array[] = [];
  let isAsked = false;
  /** Resolves with true at the end of the body. */
  const readEarly = async (): Promise<boolean> => {
    for (let size = 0; size < CHUNK && !isAsked;) {
      const read = await reader?.read(new Uint8Array(FIRST_CHUNK));
      if (!read?.value || read.done) return true;
      early.push(read.value);
      size += read.value.byteLength;
    }
    return false;
  };
  const reading = readEarly();
  // The error is thrown to the consumer.
  reading.catch(() => undefined);

  async function* read(): AsyncGenerator<Uint8Array> {
    isAsked = true;
    try {
      yield* early.splice(0);
      const isDone = await reading;
      yield* early;
      // A failed read detaches its buffer: earlier bytes must not be in it.
      for (let buffer = new ArrayBuffer(CHUNK); reader && !isDone;) {
        const { value, done } = await reader.read(new Uint8Array(buffer));
        if (!value || done) return;
        buffer = value.buffer;
        yield value;
      }
    } finally {
      // An unread body is cancelled.
      reader?.cancel().catch(() => undefined);
    }
  }
  return read();
}
