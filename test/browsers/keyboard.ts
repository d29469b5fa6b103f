/** A person's keyboard on an X display: it reaches the browser's own interface, where no driver does (X11 core protocol, XTEST). */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** The codes of some keys: a PC's, plus 8. */
const CODES = { Escape: 9, Tab: 23, T: 28, Return: 36, Shift: 50, Alt: 64, Left: 113, End: 115 };

/** A key that can be pressed. */
export type Key = keyof typeof CODES;

const QUERY_EXTENSION = 98;
const FAKE_INPUT = 2;
const PRESS = 2;
const RELEASE = 3;

/** Presses keys on a display that asks nobody who they are. */
export class Keyboard {
  /** The time after each press, in milliseconds. */
  pause = 1000;

  readonly #socket: Socket;
  readonly #extension: number;

  private constructor(socket: Socket, extension: number) {
    this.#socket = socket;
    this.#extension = extension;
  }

  /** Connects to a display of this machine, `:0`. */
  static async of(display: string): Promise<Keyboard> {
    const socket = connect(`/tmp/.X11-unix/X${display.slice(1)}`);
    await once(socket, 'connect');
    // Little endian, version 11, no authorization.
    socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    const greeting = await read(socket, 8);
    if (greeting[0] !== 1) throw new Error(`The display ${display} refuses to be used.`);
    await read(socket, 4 * greeting.readUInt16LE(6));
    socket.write(Buffer.from([QUERY_EXTENSION, 0, 4, 0, 5, 0, 0, 0, ...Buffer.from('XTEST'), 0, 0, 0]));
    const extension = (await read(socket, 32))[9] ?? 0;
    // What else comes is news that nobody asked for.
    socket.resume();
    return new Keyboard(socket, extension);
  }

  /** Presses keys together, as a person does: then waits a moment. */
  async press(...keys: Key[]): Promise<void> {
    for (const key of keys) this.#send(PRESS, key);
    for (const key of keys.toReversed()) this.#send(RELEASE, key);
    await new Promise((resolve) => setTimeout(resolve, this.pause));
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(type: number, key: Key): void {
    const request = Buffer.alloc(36);
    request.set([this.#extension, FAKE_INPUT, 9, 0, type, CODES[key]]);
    this.#socket.write(request);
  }
}

async function read(socket: Socket, size: number): Promise<Buffer> {
  for (;;) {
    const bytes = socket.read(size) as Buffer | null;
    if (bytes) return bytes;
    await once(socket, 'readable');
  }
}
