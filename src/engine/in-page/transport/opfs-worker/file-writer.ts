/** Writes one body to an OPFS file: in large writes, with a header that lets a later page find the intact bytes after a crash. */
import { BODY_OFFSET, openFolder } from '../../../../bytes/files.js';
import { updateChecksum } from '../../../../bytes/checksum.js';

/** Maximum number of buffered bytes, which is the most that a killed browser loses. */
const BUFFER = 1024 * 1024;

/** Chunks of this size are not copied to the buffer. */
const LARGE = BUFFER / 4;

/** Interval of flushes to disk, in milliseconds. */
const FLUSH_INTERVAL = 5000;

/** Attempts to open a file that another worker has open, and the delay between them in milliseconds. */
const OPEN_TRIES = 20;
const OPEN_PAUSE = 100;

export class FileWriter {
  readonly #file: FileSystemSyncAccessHandle;
  readonly #buffer = new Uint8Array(BUFFER);
  #buffered = 0;
  #written: number;
  #flushed: number;
  #flushedAt = performance.now();
  /** Checksum of the bytes after the flushed ones. */
  #checksum = 0;

  /** Opens the file of a body to append at `offset`. Later bytes are from before a crash and are deleted. */
  static async open(key: string, offset: number): Promise<FileWriter> {
    return new FileWriter(await openExclusively(key), offset);
  }

  private constructor(file: FileSystemSyncAccessHandle, offset: number) {
    this.#file = file;
    this.#written = this.#flushed = offset;
    try {
      file.truncate(BODY_OFFSET + offset);
      if (offset > 0) this.#flush();
      this.#writeHeader();
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** Number of bytes in the file, without buffered ones. */
  get size(): number {
    return this.#written;
  }

  /** Appends a chunk, which is copied or written at once. Throws `QuotaExceededError` if the disk is full. */
  write(chunk: Uint8Array): void {
    const isLarge = chunk.byteLength > LARGE;
    if (isLarge || this.#buffered + chunk.byteLength > BUFFER) this.writeBuffered();
    if (isLarge) {
      this.#append(chunk);
      return;
    }
    this.#buffer.set(chunk, this.#buffered);
    this.#buffered += chunk.byteLength;
  }

  /** Writes the buffered bytes to the file. */
  writeBuffered(): void {
    const bytes = this.#buffer.subarray(0, this.#buffered);
    this.#buffered = 0;
    if (bytes.byteLength > 0) this.#append(bytes);
  }

  /** Writes and flushes the received bytes as far as possible, and closes the file. */
  close(): void {
    try {
      this.writeBuffered();
      this.#flush();
      this.#writeHeader();
    } catch {
      // Bytes that cannot be flushed are not committed, and are requested again.
    }
    this.#file.close();
  }

  #append(bytes: Uint8Array): void {
    for (let rest = bytes; rest.byteLength > 0;) {
      const count = this.#file.write(rest, { at: BODY_OFFSET + this.#written });
      // Chromium before version 151 returns an error number if the disk is full (https://crbug.com/541725401).
      if (count <= 0 || count > rest.byteLength) throw new DOMException('The file takes no more.', 'QuotaExceededError');
      this.#checksum = updateChecksum(rest.subarray(0, count), this.#written, this.#checksum);
      this.#written += count;
      rest = rest.subarray(count);
    }
    if (performance.now() - this.#flushedAt >= FLUSH_INTERVAL) this.#flush();
    this.#writeHeader();
  }

  #flush(): void {
    this.#file.flush();
    this.#flushed = this.#written;
    this.#checksum = 0;
    this.#flushedAt = performance.now();
  }

  /** Writes the size to the header: a system call, while a database row needs another process. */
  #writeHeader(): void {
    this.#file.write(Float64Array.of(this.#written, this.#flushed, this.#checksum), { at: 0 });
  }
}

/** Opens a file. The worker of a page that was just closed may keep it open for a moment. */
export async function openExclusively(name: string): Promise<FileSystemSyncAccessHandle> {
  const handle = await (await openFolder()).getFileHandle(name, { create: true });
  for (let tries = 0; ; tries++) {
    try {
      return await handle.createSyncAccessHandle();
    } catch (error) {
      if (tries === OPEN_TRIES || (error as Error).name !== 'NoModificationAllowedError') throw error;
      await new Promise((resolve) => setTimeout(resolve, OPEN_PAUSE));
    }
  }
}
