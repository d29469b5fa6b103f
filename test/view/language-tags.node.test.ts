/** The messages of a language tag: those of its script, with those of its region on top. */
import { expect, it } from 'vitest';
import { canonicalTagOf, messageTagsOf } from '../../src/view/language-tags.js';

it.each([
  ['en', 'en'],
  ['de-AT', 'de'],
  ['pt-PT', 'pt'],
  ['ar-EG', 'ar'],
  ['iw', 'he'],
  ['ZH', 'zh'],
  ['zh-CN', 'zh'],
  ['zh-SG', 'zh'],
  ['zh-Hans-HK', 'zh'],
  ['zh-Hant', 'zh-Hant'],
  ['zh-hant-hk', 'zh-Hant'],
  ['zh-TW', 'zh-Hant'],
  ['zh-HK', 'zh-Hant'],
  ['zh-MO', 'zh-Hant'],
  ['cmn-Hant', 'zh-Hant'],
])('%s has the included messages of %s', (tag, base) => {
  expect(messageTagsOf(tag)[0]).toBe(base);
});

it('adds those of the script and the region', () => {
  expect(messageTagsOf('sr-latn-rs')).toEqual(['sr', 'sr-Latn', 'sr-Latn-RS']);
  expect(messageTagsOf('zh-TW')).toEqual(['zh-Hant', 'zh-TW']);
});

it.each(['', 'auto-', 'x-default', 'de_DE', '中文'])('takes %j for no tag', (tag) => {
  expect(canonicalTagOf(tag)).toBeUndefined();
});
