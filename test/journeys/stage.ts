/** What journeys share: pages made of the public tags, and eyes on what a visitor sees. */
import { createHash } from 'node:crypto';
import type {} from '../../src/index.js';
import { until, waitFor, type TestPage } from '../browsers/browser.js';
import { bytesOf } from '../server/content.js';

/** A whole page around these tags, as a newcomer writes it. */
export function page(body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Journey</title>
<script type="module" src="/dist/cdn/bg-fetch-elements.js"></script>
<script>
  // What the page heard, for the test to read.
  var heard = [];
  for (const type of ['request', 'progress', 'success', 'fail', 'abort', 'discard', 'error']) {
    addEventListener('bg-fetch-' + type, (event) => heard.push({ type, id: event.fetchId, downloaded: event.record?.downloaded, message: event.error?.message }));
  }
</script>
<body style="font-family: sans-serif; padding: 2rem">
${body}
`;
}

/** One entry of the page's `heard`. */
export interface Heard {
  readonly type: string;
  readonly id: string;
  readonly downloaded?: number;
  readonly message?: string;
}

/** The page's events so far. */
export function heardIn(tab: TestPage): Promise<Heard[]> {
  return tab.evaluate(() => (globalThis as unknown as { heard: Heard[] }).heard);
}

/** Waits until the element says it has this status, by its custom state. */
export async function reaches(tab: TestPage, selector: string, status: string, options?: { timeout: number }): Promise<void> {
  await waitFor(
    tab,
    `${selector} to be ${status}`,
    (of, state) => document.querySelector(`${of}:state(${state})`) !== null,
    [selector, status],
    options,
  );
}

/** Clicks the page's only button, and waits until its download is stored; resolves with the engine that downloaded it. */
export async function download(tab: TestPage): Promise<string> {
  await reaches(tab, 'bg-fetch-button', 'idle');
  await tab.click('bg-fetch-button', 'button');
  await reaches(tab, 'bg-fetch-button', 'done');
  return tab.evaluate(() => document.querySelector('bg-fetch-button')!.record!.engine);
}

/** What can be read in an element, its shadow roots included. */
export function textOf(tab: TestPage, selector: string): Promise<string> {
  return tab.evaluate((of) => {
    const read = (node: Node): string => {
      if (node instanceof Text) return node.data;
      if (node instanceof HTMLStyleElement) return '';
      const inside = node instanceof Element && node.shadowRoot ? node.shadowRoot : node;
      return [...inside.childNodes].map(read).join(' ');
    };
    const element = document.querySelector(of);
    return element ? read(element).replace(/\s+/g, ' ').trim() : '';
  }, selector);
}

/** Waits until these words can be read in the element: it is drawn a frame after the fact. */
export async function says(tab: TestPage, selector: string, words: string): Promise<void> {
  await until(`${selector} to say “${words}”`, async () => (await textOf(tab, selector)).includes(words));
}

/** What `fetch(url)` gives the page, or the client has stored: its status, size and SHA-256. */
export function fetched(
  tab: TestPage,
  url: string,
  from: 'fetch' | 'the client' = 'fetch',
): Promise<{ status: number; size: number; sha256: string }> {
  return tab.evaluate(
    async (address, giver) => {
      const { client } = document.querySelector('bg-fetch-provider') ?? {};
      const response = (await (giver === 'fetch' ? fetch(address) : client!.match(address)))!;
      const bytes = await response.arrayBuffer();
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      return {
        status: response.status,
        size: bytes.byteLength,
        sha256: Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join(''),
      };
    },
    url,
    from,
  );
}

/** What a fetch of a range gives the page; `last` is part of it, as in the header. */
export function fetchedRange(
  tab: TestPage,
  url: string,
  first: number,
  last: number,
): Promise<{ status: number; range: string | null; bytes: number[] }> {
  return tab.evaluate(
    async (address, from, to) => {
      const response = await fetch(address, { headers: { range: `bytes=${from}-${to}` } });
      return {
        status: response.status,
        range: response.headers.get('content-range'),
        bytes: [...new Uint8Array(await response.arrayBuffer())],
      };
    },
    url,
    first,
    last,
  );
}

/** What the whole of a file of the test server must be. */
export function whole(seed: string, size: number): { status: number; size: number; sha256: string } {
  return {
    status: 200,
    size,
    sha256: createHash('sha256')
      .update(bytesOf(seed, 0, size))
      .digest('hex'),
  };
}
