/** WebKitGTK as a visitor has it: nobody drives it, so that it keeps its profile and outlives a crash of its pages. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDisplay, type Display } from './display.js';
import { findBrowsers } from './find.js';

/** A browser with a profile of its own. What its pages do can be seen at the server only. */
export class MiniBrowser {
  readonly #display: Display;
  readonly #profile: string;
  #browser: ChildProcess | undefined;

  private constructor(display: Display, profile: string) {
    this.#display = display;
    this.#profile = profile;
  }

  static async create(): Promise<MiniBrowser> {
    return new MiniBrowser(await openDisplay(), await mkdtemp(join(tmpdir(), 'webkit-profile-')));
  }

  /** Starts it with a tab for each of these addresses, the first in front. */
  start(...urls: string[]): void {
    const { webkit } = findBrowsers();
    if (!webkit) throw new Error('WebKitGTK is missing. Install webkit2gtk-driver.');
    const folder = (name: string): string => join(this.#profile, name);
    this.#browser = spawn(webkit.executablePath, urls, {
      stdio: 'ignore',
      env: {
        ...process.env,
        HOME: this.#profile,
        XDG_CONFIG_HOME: folder('config'),
        XDG_DATA_HOME: folder('data'),
        XDG_CACHE_HOME: folder('cache'),
        DISPLAY: this.#display.name,
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      },
    });
    process.once('exit', this.#end);
  }

  /** Kills the process of the tab that was opened first: the page is gone, the browser and its other tabs go on. */
  async crash(): Promise<void> {
    const [oldest] = (await this.#helpers()).filter(({ name }) => name.startsWith('WebKitWebProc'));
    if (!oldest) throw new Error('There is no page to crash.');
    process.kill(oldest.pid, 'SIGKILL');
  }

  /** Kills all of it at once. */
  async kill(): Promise<void> {
    const browser = this.#browser;
    if (!browser) return;
    const ended = new Promise((resolve) => browser.once('exit', resolve));
    const helpers = await this.#helpers();
    this.#end();
    for (const { pid } of helpers) process.kill(pid, 'SIGKILL');
    await ended;
  }

  async dispose(): Promise<void> {
    await this.kill();
    this.#display.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  readonly #end = (): void => {
    process.off('exit', this.#end);
    this.#browser?.kill('SIGKILL');
    this.#browser = undefined;
  };

  /** The processes it has started, the oldest first. */
  async #helpers(): Promise<{ pid: number; name: string }[]> {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    // One that has ended meanwhile has nothing to read.
    const found = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
    return found
      .map((stat) => {
        const [, pid, name = '', rest = ''] = /^(\d+) \((.*)\) (.*)/.exec(stat) ?? [];
        const [, parent, ...more] = rest.split(' ');
        return { pid: Number(pid), name, parent: Number(parent), startedAt: Number(more[17]) };
      })
      .filter(({ parent }) => parent === this.#browser?.pid)
      .sort((a, b) => a.startedAt - b.startedAt || a.pid - b.pid);
  }
}
