/** A screen for browsers that have no headless mode. */
import { spawn } from 'node:child_process';

/** An X display and the way to give it back. */
export interface Display {
  /** For the environment: `:0`. */
  readonly name: string;
  close(): void;
}

/** The display this process has, or a virtual one of its own. */
export async function openDisplay(): Promise<Display> {
  return process.env.DISPLAY ? { name: process.env.DISPLAY, close() {} } : openVirtualDisplay();
}

/** A virtual display (`Xvfb`) that ends with `close()` or with this process. */
export async function openVirtualDisplay(): Promise<Display> {
  // Not the first free number: a display that is about to end deletes the socket of the next one with its number.
  const display = `:${1000 + Math.floor(Math.random() * 50_000)}`;
  const server = spawn('Xvfb', ['-displayfd', '3', display, '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const stop = () => server.kill();
  process.once('exit', stop);
  const name = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Error('Xvfb did not start. Install xvfb, or run with a DISPLAY.')));
    server.stdio[3]?.once('data', (number: Buffer) => resolve(`:${number.toString().trim()}`));
  });
  return {
    name,
    close() {
      process.off('exit', stop);
      stop();
    },
  };
}
