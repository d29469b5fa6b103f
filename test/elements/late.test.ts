/** Elements that are defined in any order, long after they stand in the page. */
import { afterEach, expect, it, vi } from 'vitest';
import type { BgFetchButtonElement } from '../../src/elements/button/bg-fetch-button.js';
import type { BgFetchProviderElement } from '../../src/elements/bg-fetch-provider.js';
import type { BgFetchStatusElement } from '../../src/elements/bg-fetch-status.js';
import { createRecord, PuppetClient } from '../../src/testing/index.js';

let frame: HTMLIFrameElement | undefined;
afterEach(() => frame?.remove());

/** A page of its own, where nothing is defined yet. */
async function freshPage(body: string): Promise<Document> {
  frame = document.createElement('iframe');
  frame.srcdoc = `<!doctype html><body>${body}</body>`;
  const loaded = new Promise((resolve) => frame?.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  // The runner of the tests wraps each dynamic import; this page has none.
  Object.assign(frame.contentWindow!, { __vitest_browser_runner__: { wrapDynamicImport: (load: () => unknown) => load() } });
  return frame.contentDocument!;
}

/** Defines one tag in that page. */
async function define(page: Document, tag: string): Promise<void> {
  const script = page.createElement('script');
  script.type = 'module';
  script.src = new URL(`../../src/define/${tag}.ts`, import.meta.url).href;
  page.head.append(script);
  await page.defaultView!.customElements.whenDefined(tag);
}

it.each([
  ['before', ['bg-fetch-provider', 'bg-fetch-status']],
  ['after', ['bg-fetch-status', 'bg-fetch-provider']],
])('an element finds a provider defined %s it', { timeout: 20_000 }, async (_when, order) => {
  const page = await freshPage(
    '<bg-fetch-provider><div><bg-fetch-status fetch-id="ep-5"></bg-fetch-status></div></bg-fetch-provider>',
  );
  const provider = page.querySelector('bg-fetch-provider') as BgFetchProviderElement;
  const status = page.querySelector('bg-fetch-status') as BgFetchStatusElement;
  // Set before the provider is defined, as a framework does.
  provider.client = new PuppetClient([createRecord()]);
  for (const tag of order) await define(page, tag);
  await vi.waitFor(() => expect(status.shadowRoot?.textContent).toContain('64%'), { timeout: 5000 });
});

it('shows a record that was set before it was defined', { timeout: 20_000 }, async () => {
  const page = await freshPage('<bg-fetch-status></bg-fetch-status>');
  const status = page.querySelector('bg-fetch-status') as BgFetchStatusElement;
  status.record = createRecord({ status: 'paused' });
  await define(page, 'bg-fetch-status');
  await vi.waitFor(() => expect(status.shadowRoot?.textContent).toContain('Paused'), { timeout: 5000 });
});

it('a list does not show that it is empty while its renderer is loading', { timeout: 20_000 }, async () => {
  const page = await freshPage('<bg-fetch-list></bg-fetch-list>');
  const list = page.querySelector('bg-fetch-list')!;
  list.records = [createRecord()];
  await define(page, 'bg-fetch-list');
  expect(list.shadowRoot!.querySelector('[part=panel]')).not.toBeNull();
  expect(list.shadowRoot!.querySelector('[part=empty]')).toBeNull();
  await vi.waitFor(() => expect(list.shadowRoot!.querySelector('bg-fetch-item')).not.toBeNull(), { timeout: 5000 });
});

it.each([
  ['evicted', 'start'],
  ['downloading', undefined],
] as const)(
  'a click before a button knows what to do with what is %s is not lost, and ends nothing',
  { timeout: 20_000 },
  async (status, command) => {
    const page = await freshPage('<bg-fetch-button fetch-id="ep-5" src="/ep-5.mp3"></bg-fetch-button>');
    const button = page.querySelector('bg-fetch-button') as BgFetchButtonElement;
    const client = new PuppetClient([createRecord({ status })]);
    page.body.addEventListener('context-request', (event) => event.callback(client));
    await define(page, 'bg-fetch-button');
    await vi.waitFor(() => button.shadowRoot!.querySelector<HTMLElement>('.main')!.click(), { interval: 1, timeout: 30_000 });
    expect(button.shadowRoot!.textContent).toContain('Download');
    expect(client.commands).toEqual([]);
    await button.updateComplete;
    await vi.waitFor(() => expect(client.commands.map(({ name }) => name)).toEqual(command ? [command] : []), {
      timeout: 30_000,
    });
  },
);
