/** One face for three browsers, so that a journey is told once. */
import type { BrowserName } from './find.js';

/** How a browser is started for a journey. */
export interface LaunchOptions {
  /** Chromium: lets a page start as many downloads as it likes without a click each; true unless given. */
  automaticDownloads?: boolean;
  /** Host names that lead to loopback without counting as loopback: plain http on them is not secure. */
  insecureHosts?: readonly string[];
  /** Takes certificates that nobody vouches for. */
  selfSigned?: boolean;
  /** Chromium: the X display that shows its window; without one it shows none. */
  display?: string;
}

/** One browser with a profile of its own, which survives `close()` and `kill()` where the browser can do that. */
export interface TestBrowser {
  readonly name: BrowserName;
  /** True where a profile survives the end of the browser. */
  readonly restarts: boolean;
  open(url: string): Promise<TestPage>;
  /** Every tab there is, those that pages have opened included. */
  tabs(): Promise<TestPage[]>;
  /** Ends it as its user does. */
  close(): Promise<void>;
  /** Ends it with SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again with the profile it had. */
  restart(): Promise<void>;
  /** Stops every service worker, or those of one origin, as the browser does to an idle one; false where there is no way to. */
  stopServiceWorkers(origin?: string): Promise<boolean>;
  /** Chromium: how much an origin may store, in bytes; as much as ever without a number. */
  limitStorage(origin: string, bytes?: number): Promise<void>;
  /** Chromium: takes from an origin what it has in this store, in the words of the DevTools protocol, `cache_storage`. */
  evict(origin: string, store: string): Promise<void>;
  /** Ends it and removes its profile. */
  dispose(): Promise<void>;
}

/** One tab. Functions run in the page: they see their arguments and nothing else of the test. */
export interface TestPage {
  goto(url: string): Promise<void>;
  /** Chromium: a hard reload, as with Shift, is one that no service worker controls. */
  reload(options?: { hard?: boolean }): Promise<void>;
  close(): Promise<void>;
  /** Puts it in front, in a window that has the keyboard. */
  toFront(): Promise<void>;
  evaluate<Args extends unknown[], Result>(run: (...args: Args) => Result | Promise<Result>, ...args: Args): Promise<Result>;
  /** A trusted click on the middle of an element; each further selector looks in the shadow root of the one before. */
  click(...path: string[]): Promise<void>;
  /** Writes a PNG. */
  screenshot(path: string): Promise<void>;
}

type Given<Answer> = Exclude<Answer, false | null | undefined>;

/**
 * Asks again and again until the answer is neither undefined, null nor false; fails when none came in time.
 * Chromium's own engine is silent for some thirty seconds after a navigation, and longer on a busy machine.
 */
export async function until<Answer>(what: string, ask: () => Promise<Answer>, { timeout = 90_000 } = {}): Promise<Given<Answer>> {
  const deadline = Date.now() + timeout;
  // Each question takes a busy browser's time: the longer it lasts, the fewer.
  for (let pause = 50; ; pause = Math.min(pause * 1.2, 200)) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer as Given<Answer>;
    if (Date.now() > deadline) throw new Error(`Waited ${timeout / 1000} s for ${what} in vain.`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Waits for an answer of the page. */
export function waitFor<Args extends unknown[], Result>(
  page: TestPage,
  what: string,
  ask: (...args: Args) => Result | Promise<Result>,
  args: Args,
  options?: { timeout: number },
): Promise<Given<Result>> {
  return until(what, () => page.evaluate(ask, ...args), options);
}

/** In the page: the middle of the element at the end of a path of selectors, through shadow roots. */
export function middleOf(path: string[]): { x: number; y: number } {
  let scope: Document | ShadowRoot = document;
  let element: Element | null = null;
  for (const selector of path) {
    element = scope.querySelector(selector);
    if (!element) throw new Error(`There is no ${selector} (of ${path.join(' » ')}).`);
    if (element.shadowRoot) scope = element.shadowRoot;
  }
  element?.scrollIntoView({ block: 'center' });
  const box = element?.getBoundingClientRect() ?? new DOMRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
