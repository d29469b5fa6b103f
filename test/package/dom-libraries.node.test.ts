/** Unit tests of a site in jsdom and happy-dom, which lack much of a browser: the elements load, are drawn and can be clicked. */
import { build } from 'esbuild';
import { Window } from 'happy-dom';
import { JSDOM, VirtualConsole } from 'jsdom';
import { beforeAll, describe, expect, it } from 'vitest';
import type * as testing from '../../src/testing/index.js';
import type { FetchStatus } from '../../src/manager/record.js';

/** A window of either library after it has run the package. */
type SiteWindow = typeof globalThis & { readonly kit: typeof testing };

const root = new URL('../..', import.meta.url).pathname;
const url = 'http://localhost/';
let code: string;

beforeAll(async () => {
  const contents = `import './src/define.js'; export * from './src/testing/index.js';`;
  const options = { bundle: true, format: 'iife', globalName: 'kit', write: false } as const;
  const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: root }, absWorkingDir: root });
  code = outputFiles[0]!.text;
});

const LIBRARIES = {
  jsdom(errors: unknown[]): SiteWindow {
    const virtualConsole = new VirtualConsole().on('jsdomError', (error) => errors.push(error));
    return new JSDOM('', { url, runScripts: 'outside-only', pretendToBeVisual: true, virtualConsole }).window as never;
  },
  'happy-dom'(errors: unknown[]): SiteWindow {
    const settings = { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true };
    const window = new Window({ url, settings });
    window.addEventListener('error', (event) => errors.push(event));
    return window as never;
  },
};

const TAGS = ['button', 'item', 'list', 'indicator', 'status', 'progress', 'storage'];
const STATUSES: FetchStatus[] = [
  'starting',
  'waiting',
  'downloading',
  'stalled',
  'paused',
  'saving',
  'done',
  'failed',
  'evicted',
];

describe.each(Object.entries(LIBRARIES))('in %s', (_name, open) => {
  const errors: unknown[] = [];
  let window: SiteWindow;

  beforeAll(() => {
    window = open(errors);
    window.eval(`${code};globalThis.kit = kit;`);
  });

  /** Draws all elements in a provider. */
  async function draw(markup: string, client?: testing.PuppetClient): Promise<Element> {
    const provider = window.document.createElement('bg-fetch-provider');
    if (client) provider.client = client;
    provider.innerHTML = markup;
    window.document.body.append(provider);
    await drawn(provider);
    return provider;
  }

  async function drawn(provider: Element): Promise<void> {
    await new Promise((resolve) => window.requestAnimationFrame(resolve));
    const elements = provider.querySelectorAll<HTMLElementTagNameMap['bg-fetch-item']>(
      TAGS.map((tag) => `bg-fetch-${tag}`).join(),
    );
    for (const element of elements) await element.updateComplete;
  }

  const all = TAGS.map((tag) => `<bg-fetch-${tag} fetch-id="a"></bg-fetch-${tag}>`).join('');

  it('a button is a link, for nothing can be stored', async () => {
    const provider = await draw(
      '<bg-fetch-button src="/a.mp3"></bg-fetch-button><bg-fetch-button><a href="/b.mp3">B</a></bg-fetch-button>',
    );
    const [first, second] = provider.querySelectorAll('bg-fetch-button');
    expect(first?.shadowRoot?.querySelector('a')?.getAttribute('href')).toBe('/a.mp3');
    expect(second?.shadowRoot?.querySelector('slot')).not.toBeNull();
    provider.remove();
    expect(errors).toEqual([]);
  });

  it.each(STATUSES)('the elements show a download that is %s', async (status) => {
    const { PuppetClient, createRecord } = window.kit;
    const puppet = new PuppetClient([createRecord({ id: 'a', title: 'Alpha', status: 'starting' })]);
    const provider = await draw(all, puppet);
    puppet.set('a', { status });
    await drawn(provider);
    for (const tag of ['button', 'item', 'status']) {
      expect(provider.querySelector(`bg-fetch-${tag}`)?.shadowRoot?.textContent).toContain('Alpha');
    }
    provider.remove();
    expect(errors).toEqual([]);
  });

  it('a click starts a download of the puppet', async () => {
    const puppet = new window.kit.PuppetClient();
    const provider = await draw('<bg-fetch-button src="/a.mp3" fetch-id="a"></bg-fetch-button>', puppet);
    provider.querySelector('bg-fetch-button')?.shadowRoot?.querySelector('button')?.click();
    await expect.poll(() => puppet.commands).toEqual([{ name: 'start', id: 'a' }]);
    provider.remove();
    expect(errors).toEqual([]);
  });
});
