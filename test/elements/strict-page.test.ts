/** A page with the strictest policy: nothing from elsewhere, nothing inline, Trusted Types. */
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { commands } from 'vitest/browser';
import type { BgFetchProgressElement } from '../../src/elements/bg-fetch-progress.js';
import { createRecord } from '../../src/testing/index.js';

/** The policy that the documents give; a frame of the test has no origin in its address, so it names it. */
let policy = '';
beforeAll(async () => {
  const text = await commands.readFile('stories/docs/when-things-go-wrong.mdx');
  policy = (/^Content-Security-Policy: (.+)$/m.exec(text)?.[1] ?? '').replaceAll("'self'", location.origin);
});

const SCRIPT = new URL('../../src/define.ts', import.meta.url).href;

let frame: HTMLIFrameElement | undefined;
afterEach(() => frame?.remove());

/** A page of its own under the policy, and what the policy stopped in it. */
async function strictPage(body: string): Promise<{ page: Document; stopped: string[] }> {
  frame = document.createElement('iframe');
  frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script type="module" src="${SCRIPT}"></script><body>${body}</body>`;
  const loaded = new Promise((resolve) => frame?.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  const page = frame.contentDocument!;
  const stopped: string[] = [];
  page.addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) =>
    stopped.push(`${violatedDirective} ${sample}`),
  );
  // The runner of the tests wraps each dynamic import; this page has none.
  Object.assign(frame.contentWindow!, { __vitest_browser_runner__: { wrapDynamicImport: (load: () => unknown) => load() } });
  return { page, stopped };
}

it('is the page of the documents', () => {
  expect(policy).toContain("require-trusted-types-for 'script'");
});

it('renders every element without a violation of the policy', async () => {
  const tags = ['button', 'progress', 'status', 'item', 'list', 'indicator', 'storage'].map((name) => `bg-fetch-${name}`);
  const { page, stopped } = await strictPage(tags.map((tag) => `<${tag}></${tag}>`).join(''));
  await vi.waitFor(() => expect(tags.filter((tag) => !page.querySelector(tag)?.shadowRoot)).toEqual([]), { timeout: 10_000 });
  const bar = page.querySelector('bg-fetch-progress') as BgFetchProgressElement;
  for (const tag of ['button', 'progress', 'status', 'item']) {
    (page.querySelector(`bg-fetch-${tag}`) as BgFetchProgressElement).record = createRecord();
  }
  await bar.updateComplete;
  const fill = bar.shadowRoot!.querySelector<HTMLElement>('[part=fill]')!;
  expect(fill.style.getPropertyValue('--value').trim()).toBe('64');
  expect(getComputedStyle(bar).display).toBe('block');
  expect(stopped).toEqual([]);
});

it('detects violations of the policy', async () => {
  const { page, stopped } = await strictPage('<p style="color: red">Inline</p>');
  page.querySelector('p')?.setAttribute('style', 'color: blue');
  await vi.waitFor(() => expect(stopped.join()).toContain('style-src'), { timeout: 10_000 });
});
