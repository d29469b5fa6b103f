/** A vitest browser provider for WebKitGTK, for which Playwright has no driver. */
import { defineBrowserProvider } from '@vitest/browser';
import type { BrowserProvider, BrowserProviderOption, TestProject } from 'vitest/node';
import { WebKitSession, type WebKitOptions } from './webkit-session.js';

class WebKitProvider implements BrowserProvider {
  readonly name = 'webkitgtk';
  readonly supportsParallelism = false;
  readonly #sessions = new Map<string, WebKitSession>();
  readonly #options: WebKitOptions;

  constructor(project: TestProject, options: WebKitOptions) {
    this.#options = options;
    // The orchestrator asks the provider to resize; here the page does it by itself.
    project.browser?.registerCommand('__vitest_viewport' as never, (() => undefined) as never);
  }

  getCommandsContext(sessionId: string): { webkit: WebKitSession | undefined } {
    return { webkit: this.#sessions.get(sessionId) };
  }

  async openPage(sessionId: string, url: string): Promise<void> {
    const session = await WebKitSession.open(this.#options);
    this.#sessions.set(sessionId, session);
    await session.command('POST', '/url', { url });
  }

  async close(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    await Promise.all(sessions.map((session) => session.close()));
  }
}

/** WebKitGTK as a provider: `provider: webkitgtk(), instances: [{ browser: 'webkit' }]`. */
export function webkitgtk(options: WebKitOptions = {}): BrowserProviderOption<WebKitOptions> {
  return defineBrowserProvider({
    name: 'webkitgtk',
    supportedBrowser: ['webkit'],
    options,
    providerFactory: (project) => new WebKitProvider(project, options),
  });
}
