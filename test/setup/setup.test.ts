/** The ground under the other tests: a fixture, a trusted click, vitest's own expect with the plugins. */
import { fixture, html } from '@open-wc/testing';
import { expect, it } from 'vitest';
import { click } from './click.js';

it('clicks as the user does', async () => {
  const button = await fixture<HTMLButtonElement>(html`<button style="margin: 40px">Press</button>`);
  const trusted = new Promise<boolean>((resolve) => {
    button.addEventListener('click', (event) => resolve(event.isTrusted));
  });
  await click(button);
  expect(await trusted).toBe(true);
});

it('compares the DOM and finds what axe finds', async () => {
  const box = await fixture<HTMLDivElement>(html`<div><img src="data:," alt="" /></div>`);
  expect(box).lightDom.to.equal('<img alt="" src="data:,">');
  await expect(box).to.be.accessible();
  box.innerHTML = '<img src="data:,">';
  await expect(expect(box).to.be.accessible()).rejects.toThrow('image-alt');
});

it('takes fixtures away after each test', () => {
  expect(document.querySelector('img')).toBeNull();
});
