/** A private window may have no storage at all: what is left is a link. */
import { fixture, html } from '@open-wc/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';
import '../../src/define/bg-fetch-button.js';
import '../../src/define/bg-fetch-provider.js';
import type { BgFetchProviderElement } from '../../src/elements/bg-fetch-provider.js';

beforeEach(() => {
  // As Firefox answered in private windows for years.
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
    throw new DOMException('A mutation operation was attempted on a database that did not allow mutations.', 'InvalidStateError');
  });
});
afterEach(() => vi.restoreAllMocks());

it('warns, and renders the button as a working link', async () => {
  const client = new BgFetchClient();
  await expect(client.ready).rejects.toMatchObject({ name: 'InvalidStateError' });
  expect(client.canDownload).toBe(false);
  const provider = await fixture<BgFetchProviderElement>(
    html`<bg-fetch-provider .client=${client}>
      <bg-fetch-button src="/ep-5.mp3"></bg-fetch-button>
    </bg-fetch-provider>`,
  );
  const button = provider.querySelector('bg-fetch-button')!;
  await expect.poll(() => button.shadowRoot!.querySelector('a')?.getAttribute('href')).toBe('/ep-5.mp3');
});
