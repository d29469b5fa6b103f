/** WebKitGTK's MiniBrowser, driven by WebKitWebDriver in plain W3C WebDriver. */
import { spawn, type ChildProcess } from 'node:child_process';
import { freePort } from '../server/free-port.js';
import { openDisplay, type Display } from './display.js';
import { findBrowsers } from './find.js';

/** How MiniBrowser is started. */
export interface WebKitOptions {
  /** WebKit's run-time features, `'+BackgroundFetchAPI,+StorageAPI'`. */
  features?: string;
  /** Takes certificates that nobody vouches for. */
  selfSigned?: boolean;
}

/** One driver, one browser, one window. Storage lives as long as the session. */
export class WebKitSession {
  readonly #driver: ChildProcess;
  readonly #display: Display;
  readonly #base: string;
  #session = '';

  private constructor(driver: ChildProcess, display: Display, base: string) {
    this.#driver = driver;
    this.#display = display;
    this.#base = base;
  }

  static async open({ features, selfSigned = false }: WebKitOptions = {}): Promise<WebKitSession> {
    const { webkit } = findBrowsers();
    if (!webkit?.driverPath) throw new Error('WebKitGTK is missing. Install webkit2gtk-driver.');
    const display = await openDisplay();
    const port = await freePort();
    const driver = spawn(webkit.driverPath, ['-p', String(port)], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: display.name,
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
        // Without a graphics card, compositing takes most of the processor's time.
        WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      },
    });
    process.once('exit', () => driver.kill());
    const session = new WebKitSession(driver, display, `http://127.0.0.1:${port}`);
    await session.#answers();
    const args = ['--automation', ...(features ? [`--features=${features}`] : [])];
    const { sessionId } = await session.#call<{ sessionId: string }>('POST', '/session', {
      capabilities: {
        alwaysMatch: {
          browserName: 'MiniBrowser',
          acceptInsecureCerts: selfSigned,
          'webkitgtk:browserOptions': { binary: webkit.executablePath, args },
        },
      },
    });
    session.#session = `/session/${sessionId}`;
    await session.command('POST', '/window/rect', { width: 1280, height: 900 });
    return session;
  }

  /** A WebDriver command of this session: `command('POST', '/url', { url })`. */
  command<Value = unknown>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Value> {
    return this.#call(method, this.#session + path, body);
  }

  /** A trusted click at viewport coordinates of the top page. */
  async click(x: number, y: number): Promise<void> {
    const move = { type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y), origin: 'viewport' };
    const actions = [move, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }];
    await this.command('POST', '/actions', {
      actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }],
    });
  }

  /** A trusted press of a key, by its WebDriver code. */
  async press(value: string): Promise<void> {
    const actions = [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ];
    await this.command('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#driver.once('exit', resolve));
    // The driver may be gone already; then there is nothing to end.
    await this.command('DELETE', '').catch(() => undefined);
    this.#driver.kill();
    if (this.#driver.exitCode === null && this.#driver.signalCode === null) await ended;
    this.#display.close();
  }

  async #answers(): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      try {
        await this.#call('GET', '/status');
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    throw new Error('WebKitWebDriver did not answer within 10 s.');
  }

  async #call<Value>(method: string, path: string, body?: object): Promise<Value> {
    const response = await fetch(this.#base + path, {
      method,
      ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
      headers: { 'content-type': 'application/json' },
    });
    const { value } = (await response.json()) as { value: unknown };
    if (response.ok) return value as Value;
    const { error, message } = value as { error: string; message: string };
    throw new Error(`WebDriver ${method} ${path}: ${error}: ${message}`);
  }
}
