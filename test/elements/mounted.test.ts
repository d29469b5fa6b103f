/** Providers and elements that a router mounts and removes leave nothing in the page. */
import { LitElement } from 'lit';
import { expect, it } from 'vitest';
import { defaultClient } from '../../src/client/default-client.js';
import '../../src/define.js';

const MOUNTS = 100;

/** Open timers and channels of the page, and the number of listeners of its document and window. */
const intervals = new Set<unknown>();
const channels = new Set<unknown>();
let listeners = 0;

const { setInterval: set, clearInterval: clear, BroadcastChannel: Channel } = globalThis;

Object.assign(globalThis, {
  setInterval: (...args: Parameters<typeof set>) => {
    const timer = set(...args);
    intervals.add(timer);
    return timer;
  },
  clearInterval: (timer: number | undefined) => {
    intervals.delete(timer);
    clear(timer);
  },
  BroadcastChannel: class extends Channel {
    constructor(name: string) {
      super(name);
      channels.add(this);
    }
    override close(): void {
      channels.delete(this);
      super.close();
    }
  },
});
for (const target of [window, document] as EventTarget[]) {
  const add = target.addEventListener.bind(target);
  const remove = target.removeEventListener.bind(target);
  Object.assign(target, {
    addEventListener(...args: Parameters<typeof add>) {
      listeners += 1;
      add(...args);
    },
    removeEventListener(...args: Parameters<typeof remove>) {
      listeners -= 1;
      remove(...args);
    },
  });
}

const ELEMENTS = `<bg-fetch-button src="/a.bin"></bg-fetch-button><bg-fetch-item fetch-id="a"></bg-fetch-item>
  <bg-fetch-progress fetch-id="a"></bg-fetch-progress><bg-fetch-status fetch-id="a"></bg-fetch-status>
  <bg-fetch-list></bg-fetch-list><bg-fetch-indicator></bg-fetch-indicator><bg-fetch-storage></bg-fetch-storage>`;

/** Mounts the markup, waits until its client can run commands, and removes it. */
async function mount(markup: string): Promise<void> {
  const page = document.createElement('div');
  page.innerHTML = markup;
  document.body.append(page);
  const client = page.querySelector('bg-fetch-provider')?.client ?? defaultClient();
  await client.list();
  for (const element of page.querySelectorAll('*')) if (element instanceof LitElement) await element.updateComplete;
  page.remove();
}

/** Counts what the page has open; of the locks of the origin, those of one scope. */
async function countOpen(scope: string): Promise<Record<string, number>> {
  const { held = [], pending = [] } = await navigator.locks.query();
  const locks = [...held, ...pending].filter(({ name = '' }) => name.includes(scope));
  return { intervals: intervals.size, channels: channels.size, listeners, locks: locks.length };
}

const scope = `/scope-${crypto.randomUUID()}/`;

it.each([
  [
    'a provider with options',
    `<bg-fetch-provider engine="in-page" service-worker="${scope}none.js">${ELEMENTS}</bg-fetch-provider>`,
  ],
  ['a provider without options', `<bg-fetch-provider>${ELEMENTS}</bg-fetch-provider>`],
  ['elements without a provider', ELEMENTS],
])('%s', { timeout: 240_000 }, async (_name, markup) => {
  await mount(markup);
  const before = await countOpen(scope);
  for (let count = 0; count < MOUNTS; count++) await mount(markup);
  // A transaction under way has a listener too.
  const grown = async () => Object.entries(await countOpen(scope)).filter(([kind, count]) => count > before[kind]!);
  await expect.poll(grown).toEqual([]);
});
