/** Elements have the words of the language, script and region around them. */
import { html } from 'lit';
import { expect, it } from 'vitest';
import { setMessages } from '../../src/index.js';
import { createRecord } from '../../src/testing/index.js';
import { drawn, stage, textOf } from './puppet.js';

async function wordsIn(lang: string): Promise<() => string> {
  const content = html`<div lang=${lang}><bg-fetch-status fetch-id="a"></bg-fetch-status></div>`;
  const { element } = await stage('bg-fetch-status', content, [createRecord({ id: 'a', title: '', status: 'done' })]);
  return () => textOf(element);
}

it.each([
  ['zh-Hant', '可離線使用'],
  ['zh-TW', '可離線使用'],
  ['zh-HK', '可離線使用'],
  ['zh-MO', '可離線使用'],
  ['zh-Hant-HK', '可離線使用'],
  ['zh', '可离线使用'],
  ['zh-SG', '可离线使用'],
  ['zh-Hans-HK', '可离线使用'],
  ['pt-PT', 'Disponível offline'],
  ['iw', 'זמין במצב לא מקוון'],
  ['xx', 'Available offline'],
])('lang="%s" reads “%s”', async (lang, words) => {
  await expect.poll(await wordsIn(lang)).toContain(words);
});

it('replaced messages of a region are on top of those of its language', async () => {
  const words = await wordsIn('sr-latn-RS');
  setMessages('sr', { done: 'sr', failed: 'sr' });
  setMessages('sr-Latn', { done: 'sr-Latn' });
  await expect.poll(words).toMatch(/ sr-Latn$/);
  setMessages('sr-Latn-rs', { done: 'sr-Latn-RS' });
  await expect.poll(words).toMatch(/ sr-Latn-RS$/);
});

it('replaced messages of Simplified Chinese are not shown in Traditional Chinese', async () => {
  setMessages('zh', { done: '简体' });
  const words = await wordsIn('zh-TW');
  await expect.poll(words).toContain('可離線使用');
  await drawn(document.querySelector('bg-fetch-status')!);
  expect(words()).not.toContain('简体');
});
