/** WebKitGTK as a journey's browser. Its storage ends with it. */
import { writeFile } from 'node:fs/promises';
import { middleOf, type LaunchOptions, type TestBrowser, type TestPage } from './browser.js';
import { WebKitSession } from './webkit-session.js';

/** Starts WebKitGTK. It knows no other names for loopback. */
export async function launchWebKit({ insecureHosts = [], selfSigned }: LaunchOptions = {}): Promise<TestBrowser> {
  if (insecureHosts.length > 0) throw new Error('WebKitGTK resolves names as the system does.');
  return new WebKitBrowser(await WebKitSession.open({ selfSigned }));
}

class WebKitBrowser implements TestBrowser {
  readonly name = 'webkit';
  readonly restarts = false;
  readonly #session: WebKitSession;
  /** Windows that show nothing. */
  readonly #blank: string[] = [];
  #isNew = true;

  constructor(session: WebKitSession) {
    this.#session = session;
  }

  async open(url: string): Promise<TestPage> {
    const page = this.#page(await this.#window());
    await page.goto(url);
    return page;
  }

  async tabs(): Promise<TestPage[]> {
    const handles = await this.#session.command<string[]>('GET', '/window/handles');
    return handles.filter((handle) => !this.#blank.includes(handle)).map((handle) => this.#page(handle));
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  kill(): Promise<void> {
    return this.#session.close();
  }

  restart(): Promise<void> {
    return Promise.reject(new Error('WebKitGTK keeps nothing under automation; ask for `restarts` first.'));
  }

  stopServiceWorkers(): Promise<boolean> {
    return Promise.resolve(false);
  }

  limitStorage(): Promise<void> {
    return Promise.reject(new Error('WebKitGTK has no way to limit what an origin stores.'));
  }

  evict(): Promise<void> {
    return Promise.reject(new Error('WebKitGTK has no way to take what an origin stores.'));
  }

  dispose(): Promise<void> {
    return this.#session.close();
  }

  #page(handle: string): WebKitPage {
    return new WebKitPage(this.#session, handle, (blank) => this.#blank.push(blank));
  }

  async #window(): Promise<string> {
    const blank = this.#blank.pop();
    if (blank !== undefined) return blank;
    if (!this.#isNew) return (await this.#session.command<{ handle: string }>('POST', '/window/new', { type: 'tab' })).handle;
    this.#isNew = false;
    return this.#session.command<string>('GET', '/window');
  }
}

class WebKitPage implements TestPage {
  readonly #session: WebKitSession;
  readonly #handle: string;
  readonly #closed: (blank: string) => void;

  constructor(session: WebKitSession, handle: string, closed: (blank: string) => void) {
    this.#session = session;
    this.#handle = handle;
    this.#closed = closed;
  }

  async goto(url: string): Promise<void> {
    await this.#focus();
    await this.#session.command('POST', '/url', { url });
  }

  async reload(): Promise<void> {
    await this.#focus();
    await this.#session.command('POST', '/refresh');
  }

  async close(): Promise<void> {
    const { handle } = await this.#session.command<{ handle: string }>('POST', '/window/new', { type: 'tab' });
    await this.#focus();
    await this.#session.command('DELETE', '/window');
    // Without any window the session would end: one that shows nothing stays.
    this.#closed(handle);
  }

  toFront(): Promise<void> {
    return this.#focus();
  }

  async evaluate<Args extends unknown[], Result>(
    run: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result> {
    await this.#focus();
    // An error crosses as data: WebDriver would keep its message only.
    const script = `
      const [args, done] = arguments;
      (async () => (${run.toString()})(...args))().then(
        (value) => done({ value }),
        (error) => done({ error: String(error?.stack ? error.name + ': ' + error.message : error) }),
      );`;
    const answer = await this.#session.command<{ value?: Result; error?: string }>('POST', '/execute/async', {
      script,
      args: [args],
    });
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value as Result;
  }

  async click(...path: string[]): Promise<void> {
    const { x, y } = await this.evaluate(middleOf, path);
    await this.#session.click(x, y);
  }

  async screenshot(path: string): Promise<void> {
    await this.#focus();
    await writeFile(path, Buffer.from(await this.#session.command<string>('GET', '/screenshot'), 'base64'));
  }

  async #focus(): Promise<void> {
    await this.#session.command('POST', '/window', { handle: this.#handle });
  }
}
