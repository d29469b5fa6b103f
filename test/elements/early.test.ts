/** The first second of a visit: what is stored, paused or running is shown as it is, and nothing is started or announced again. */
import { fixture, html } from '@open-wc/testing';
import { beforeEach, expect, it } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';
import type { BgFetchProviderElement } from '../../src/elements/bg-fetch-provider.js';
import { record } from '../client/client.js';
import { click } from '../setup/click.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { drawn, part, textOf } from './puppet.js';
import '../../src/define.js';

let url: string;

beforeEach(async () => {
  url = fileUrl('size=1k');
  const client = new BgFetchClient();
  await client.start(url, url);
  await record(client, url, ({ status }) => status === 'done');
});

/** The elements of a page that has just been opened: their client has read nothing yet. */
async function opened(): Promise<BgFetchProviderElement> {
  return fixture<BgFetchProviderElement>(
    html`<bg-fetch-provider .client=${new BgFetchClient()}>
      <bg-fetch-button src=${url}></bg-fetch-button><bg-fetch-status fetch-id=${url}></bg-fetch-status>
      <bg-fetch-list></bg-fetch-list>
    </bg-fetch-provider>`,
  );
}

it('does not download a stored file again with a click before it is known', async () => {
  const asked = (await requestsOf(url)).filter(({ method }) => method === 'GET').length;
  const provider = await opened();
  const button = provider.querySelector('bg-fetch-button')!;
  button.addEventListener('bg-fetch-open', (event) => event.preventDefault());
  expect(button.record).toBeUndefined();
  part(button, 'button').click();
  await expect.poll(() => textOf(button)).toBe('Available offline');
  await click(part(button, 'action'));
  await drawn(button);
  expect(button.record).toMatchObject({ status: 'done' });
  expect((await requestsOf(url)).filter(({ method }) => method === 'GET')).toHaveLength(asked);
});

it('does not say that there is no download before the records are read', async () => {
  const list = (await opened()).querySelector('bg-fetch-list')!;
  const said: string[] = [];
  const look = () => said.push(textOf(list));
  look();
  new MutationObserver(look).observe(list.shadowRoot!, { childList: true, subtree: true, characterData: true });
  await expect.poll(() => list.shadowRoot!.querySelectorAll('bg-fetch-item').length).toBeGreaterThan(0);
  expect(said.filter((text) => text.includes('No downloads yet'))).toEqual([]);
});

it('tells and announces nothing of what was stored before, and a late listener finds its record', async () => {
  const provider = await opened();
  const told: string[] = [];
  for (const type of ['progress', 'success', 'fail', 'abort', 'discard'])
    provider.addEventListener(`bg-fetch-${type}`, () => told.push(type));
  const status = provider.querySelector('bg-fetch-status')!;
  await expect.poll(() => textOf(status)).toContain('Available offline');
  await expect.poll(() => provider.querySelector('bg-fetch-list')!.shadowRoot!.querySelector('bg-fetch-item')).not.toBeNull();
  for (const element of provider.querySelectorAll('bg-fetch-button, bg-fetch-status, bg-fetch-list')) {
    await drawn(element);
    const spoken = [...element.shadowRoot!.querySelectorAll('[role=status]')].map(({ textContent }) => textContent.trim());
    expect(spoken.filter(Boolean)).toEqual([]);
  }
  expect(told).toEqual([]);
  expect(status.record).toMatchObject({ id: url, status: 'done' });
});
