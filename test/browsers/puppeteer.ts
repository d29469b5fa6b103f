/** Chromium over the DevTools protocol and Firefox over WebDriver BiDi, both by Puppeteer. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type CDPSession, type Page } from 'puppeteer-core';
import { middleOf, type LaunchOptions, type TestBrowser, type TestPage } from './browser.js';
import { CHROMIUM_ARGS, findBrowsers } from './find.js';

/** Timeout of a start and of a navigation, in milliseconds: a busy machine takes its time. */
const PATIENCE = 90_000;

/** Starts Chromium or Firefox with a fresh profile. */
export async function launchPuppeteer(name: 'chromium' | 'firefox', options: LaunchOptions = {}): Promise<TestBrowser> {
  const found = findBrowsers()[name];
  if (!found) throw new Error(`There is no ${name} on this machine.`);
  const profile = await mkdtemp(join(tmpdir(), `${name}-profile-`));
  if (name === 'chromium') await writePreferences(profile, options);
  const browser = new PuppeteerBrowser(name, found.executablePath, profile, options);
  await browser.restart();
  return browser;
}

async function writePreferences(profile: string, { automaticDownloads = true }: LaunchOptions): Promise<void> {
  if (!automaticDownloads) return;
  await mkdir(join(profile, 'Default'), { recursive: true });
  const preferences = { profile: { default_content_setting_values: { automatic_downloads: 1 } } };
  await writeFile(join(profile, 'Default/Preferences'), JSON.stringify(preferences));
}

class PuppeteerBrowser implements TestBrowser {
  readonly name;
  readonly restarts = true;
  readonly #executablePath: string;
  readonly #profile: string;
  readonly #options: LaunchOptions;
  #browser: Browser | undefined;
  /** Of the tab that Chromium opens with: it stays. */
  #session: CDPSession | undefined;

  constructor(name: 'chromium' | 'firefox', executablePath: string, profile: string, options: LaunchOptions) {
    this.name = name;
    this.#executablePath = executablePath;
    this.#profile = profile;
    this.#options = options;
  }

  async restart(): Promise<void> {
    const { display, insecureHosts: hosts = [], selfSigned = false } = this.#options;
    const common = {
      executablePath: this.#executablePath,
      userDataDir: this.#profile,
      headless: !display,
      acceptInsecureCerts: selfSigned,
      timeout: PATIENCE,
    };
    if (this.name === 'chromium') {
      const rules = hosts.map((host) => `MAP ${host} 127.0.0.1`).join(',');
      this.#browser = await puppeteer.launch({
        ...common,
        browser: 'chrome',
        env: { ...process.env, DISPLAY: display },
        args: [
          ...CHROMIUM_ARGS,
          ...(rules ? [`--host-resolver-rules=${rules}`] : []),
          // A worker's script is asked for by the browser itself, whom the protocol does not tell.
          ...(selfSigned ? ['--ignore-certificate-errors'] : []),
        ],
      });
      this.#session = await (await this.#browser.pages())[0]?.createCDPSession();
      return;
    }
    // What a killed Firefox leaves behind keeps the next one out.
    await Promise.all(['lock', '.parentlock'].map((file) => rm(join(this.#profile, file), { force: true })));
    this.#browser = await puppeteer.launch({
      ...common,
      browser: 'firefox',
      extraPrefsFirefox: { 'network.dns.localDomains': hosts.join(',') },
    });
  }

  async open(url: string): Promise<TestPage> {
    const page = new PuppeteerPage(await this.#running.newPage());
    await page.goto(url);
    return page;
  }

  async tabs(): Promise<TestPage[]> {
    return (await this.#running.pages()).map((page) => new PuppeteerPage(page));
  }

  async close(): Promise<void> {
    const browser = this.#browser;
    this.#browser = undefined;
    await browser?.close();
  }

  async kill(): Promise<void> {
    const process = this.#browser?.process();
    this.#browser = undefined;
    if (!process) return;
    const ended = new Promise((resolve) => process.once('exit', resolve));
    process.kill('SIGKILL');
    if (process.exitCode === null && process.signalCode === null) await ended;
  }

  async stopServiceWorkers(origin = ''): Promise<boolean> {
    const protocol = this.#session?.connection();
    if (!protocol) return false;
    const { targetInfos } = await protocol.send('Target.getTargets');
    const workers = targetInfos.filter(({ type, url }) => type === 'service_worker' && url.startsWith(origin));
    // One that has ended by itself meanwhile is stopped too.
    await Promise.allSettled(workers.map(({ targetId }) => protocol.send('Target.closeTarget', { targetId })));
    return true;
  }

  limitStorage(origin: string, bytes?: number): Promise<void> {
    const quota = bytes === undefined ? {} : { quotaSize: bytes };
    return this.#devtools.send('Storage.overrideQuotaForOrigin', { origin, ...quota });
  }

  evict(origin: string, storageTypes: string): Promise<void> {
    return this.#devtools.send('Storage.clearDataForOrigin', { origin, storageTypes });
  }

  async dispose(): Promise<void> {
    await this.kill();
    // The helpers of a killed browser may still be writing.
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  get #devtools(): CDPSession {
    if (!this.#session) throw new Error(`${this.name} does not speak the DevTools protocol.`);
    return this.#session;
  }

  get #running(): Browser {
    if (!this.#browser) throw new Error(`${this.name} does not run.`);
    return this.#browser;
  }
}

class PuppeteerPage implements TestPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    page.setDefaultNavigationTimeout(PATIENCE);
  }

  async goto(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  async reload({ hard = false } = {}): Promise<void> {
    await this.#page.reload({ ignoreCache: hard });
  }

  async close(): Promise<void> {
    await this.#page.close();
  }

  async toFront(): Promise<void> {
    await this.#page.bringToFront();
  }

  async evaluate<Args extends unknown[], Result>(
    run: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result> {
    return await this.#page.evaluate(run as (...all: unknown[]) => Promise<Result>, ...args);
  }

  async click(...path: string[]): Promise<void> {
    await this.#page.bringToFront();
    const { x, y } = await this.evaluate(middleOf, path);
    await this.#page.mouse.click(x, y);
  }

  async screenshot(path: string): Promise<void> {
    await this.#page.screenshot({ path });
  }
}
