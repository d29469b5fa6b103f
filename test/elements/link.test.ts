/** A link inside the button that changes in place, as frameworks change it: the button is that of the new link at once. */
import { html, render } from 'lit';
import { expect, it } from 'vitest';
import type { BgFetchButtonElement } from '../../src/elements/button/bg-fetch-button.js';
import { createRecord, type PuppetClient } from '../../src/testing/index.js';
import { drawn, part, stage, textOf } from './puppet.js';

const idOf = (path: string) => new URL(path, location.href).href;

/** A button with a link to a stored download. */
async function alpha(): Promise<{ element: BgFetchButtonElement; puppet: PuppetClient; link: HTMLAnchorElement }> {
  const stored = createRecord({ id: idOf('/alpha.bin'), title: 'Alpha', status: 'done', downloaded: 10 });
  const content = html`<bg-fetch-button><a href="/alpha.bin" download>Alpha</a></bg-fetch-button>`;
  const { element, puppet } = await stage('bg-fetch-button', content, [stored]);
  expect(textOf(element)).toContain('Available offline');
  return { element, puppet, link: element.querySelector('a')! };
}

async function startsBeta(element: BgFetchButtonElement, puppet: PuppetClient): Promise<void> {
  await drawn(element);
  expect(element.matches(':state(idle)')).toBe(true);
  expect(textOf(element)).toContain('Beta');
  expect(textOf(element)).not.toContain('Available offline');
  part(element, 'button').click();
  await expect.poll(() => puppet.commands.filter(({ name }) => name === 'start')).toHaveLength(1);
  expect(puppet.commands[0]).toMatchObject({ id: idOf('/beta.bin') });
  expect(element.record).toMatchObject({ title: 'Beta' });
}

it('its address and text', async () => {
  const { element, puppet, link } = await alpha();
  link.href = '/beta.bin';
  link.firstChild!.nodeValue = 'Beta';
  await startsBeta(element, puppet);
});

it('its text by textContent, and its file name and title', async () => {
  const { element, puppet, link } = await alpha();
  Object.assign(link, { href: '/beta.bin', textContent: 'Beta', download: 'beta.bin', title: 'The file Beta' });
  await startsBeta(element, puppet);
});

it('another link in its place, with a picture', async () => {
  const { element, puppet, link } = await alpha();
  link.outerHTML = '<a href="/beta.bin"><img src="data:," alt="" />Beta</a>';
  await startsBeta(element, puppet);
});

it('a link deep inside, which is replaced there', async () => {
  const { element, puppet, link } = await alpha();
  const box = document.createElement('span');
  link.replaceWith(box);
  box.append(link);
  await drawn(element);
  expect(textOf(element)).toContain('Available offline');
  box.innerHTML = '<b><a href="/beta.bin">Beta</a></b>';
  await startsBeta(element, puppet);
});

it('a link that a template of the page changes', async () => {
  const { element, puppet, link } = await alpha();
  const draw = (href: string, text: string) => render(html`<a href=${href}>${text}</a>`, element);
  link.remove();
  draw('/alpha.bin', 'Alpha');
  await drawn(element);
  expect(textOf(element)).toContain('Available offline');
  draw('/beta.bin', 'Beta');
  await startsBeta(element, puppet);
});

it('a link that changes while the button is not in the page', async () => {
  const { element, puppet, link } = await alpha();
  const { parentNode } = element;
  element.remove();
  link.href = '/beta.bin';
  link.textContent = 'Beta';
  parentNode!.append(element);
  await startsBeta(element, puppet);
});

it('a link that gets its address later, and loses it', async () => {
  const { element } = await stage('bg-fetch-button', html`<bg-fetch-button><a>Beta</a></bg-fetch-button>`);
  const link = element.querySelector('a')!;
  link.href = 'javascript:alert(1)';
  await drawn(element);
  expect(textOf(element)).toContain('is not an http: or https: address');
  link.href = '/beta.bin';
  await drawn(element);
  expect(textOf(element)).toBe('Beta');
});

it('shows no size of the old link while that of the new one is unknown', async () => {
  const { element, puppet } = await stage('bg-fetch-button', html`<bg-fetch-button></bg-fetch-button>`);
  puppet.size = 412_000_000;
  element.innerHTML = '<a href="/alpha.bin">Alpha</a>';
  await expect.poll(() => textOf(element)).toContain('412 MB');
  puppet.sizeOf = () => new Promise(() => undefined);
  element.innerHTML = '<a href="/beta.bin">Beta</a>';
  await drawn(element);
  expect(textOf(element)).toBe('Beta');
});
