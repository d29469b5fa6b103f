/** Menus and popovers: Escape, small windows, and containers that scroll. */
import { fixture, html } from '@open-wc/testing';
import { expect, it } from 'vitest';
import { commands, page } from 'vitest/browser';
import { createRecord, PuppetClient } from '../../src/testing/index.js';
import '../../src/define.js';
import { click } from '../setup/click.js';
import { drawn, part } from './puppet.js';

const done = () => new PuppetClient([createRecord({ status: 'done' })]);

it('closes the menu on Escape, not the dialog around it, and returns the focus', async () => {
  const dialog = await fixture<HTMLDialogElement>(
    html`<dialog>
      <bg-fetch-provider .client=${done()}><bg-fetch-button fetch-id="ep-5" src="/a.mp3"></bg-fetch-button></bg-fetch-provider>
    </dialog>`,
  );
  dialog.showModal();
  const button = dialog.querySelector('bg-fetch-button')!;
  await expect.poll(() => button.shadowRoot?.querySelector('[part~=menu]')).toBeTruthy();
  await click(part(button, 'action'));
  await expect.poll(() => button.shadowRoot?.activeElement?.role).toBe('menuitem');
  await commands.trustedEscape();
  await expect.poll(() => button.shadowRoot?.activeElement).toBe(part(button, 'action'));
  expect(part(button, 'menu').matches(':popover-open')).toBe(false);
  expect(dialog.open).toBe(true);
  await commands.trustedEscape();
  await expect.poll(() => dialog.open).toBe(false);
});

it('stays inside a window of 320 by 256 pixels, and its last row can be reached', async () => {
  await page.viewport(320, 256);
  const records = Array.from({ length: 12 }, (_, i) => createRecord({ id: `${i}`, title: `Episode ${i}`, startedAt: i }));
  const provider = await fixture(
    html`<bg-fetch-provider .client=${new PuppetClient(records)}><bg-fetch-indicator></bg-fetch-indicator></bg-fetch-provider>`,
  );
  const indicator = provider.querySelector('bg-fetch-indicator')!;
  await drawn(indicator);
  part(indicator, 'button').click();
  const popover = part(indicator, 'popover');
  await expect.poll(() => popover.scrollHeight).toBeGreaterThan(400);
  await expect.poll(() => popover.getBoundingClientRect().bottom).toBeLessThanOrEqual(innerHeight);
  expect(popover.getBoundingClientRect().top).toBeGreaterThanOrEqual(0);
  const rows = () => [...(popover.querySelector('bg-fetch-list')?.shadowRoot?.querySelectorAll('bg-fetch-item') ?? [])];
  const bottomOfLast = () => {
    popover.scrollTop = popover.scrollHeight;
    return rows().at(-1)?.getBoundingClientRect().bottom;
  };
  await expect.poll(bottomOfLast).toBeLessThanOrEqual(innerHeight);
});

it('follows its button in a container that scrolls', async () => {
  await page.viewport(600, 600);
  const box = await fixture(
    html`<div style="overflow: auto; block-size: 300px">
      <div style="block-size: 1000px; padding-block-start: 100px">
        <bg-fetch-provider .client=${done()}><bg-fetch-button fetch-id="ep-5" src="/a.mp3"></bg-fetch-button></bg-fetch-provider>
      </div>
    </div>`,
  );
  const button = box.querySelector('bg-fetch-button')!;
  await expect.poll(() => button.shadowRoot?.querySelector('[part~=menu]')).toBeTruthy();
  await click(part(button, 'action'));
  const gap = () => part(button, 'menu').getBoundingClientRect().top - part(button, 'action').getBoundingClientRect().bottom;
  await expect.poll(gap).toBeCloseTo(4);
  box.scrollTop = 80;
  await expect.poll(gap).toBeCloseTo(4);
});
