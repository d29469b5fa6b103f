/** What a failure reads like. */
import { expect, it } from 'vitest';
import type { FetchRecord } from '../../src/manager/record.js';
import { createRecord } from '../../src/testing/records.js';
import { english } from '../../src/view/english.js';
import { briefWordsOf } from '../../src/view/words.js';

const failed = (parts: Partial<FetchRecord>) => createRecord({ status: 'failed', ...parts });
const leadOf = (record: FetchRecord) => briefWordsOf(record, { tag: 'en', messages: english }, { now: 0 }).lead;

it('tells a wrong file and a browser that cannot store from a broken connection', () => {
  expect(leadOf(failed({ failureReason: 'fetch-error' }))).toBe('The connection failed');
  expect(leadOf(failed({ failureReason: 'fetch-error', failureCause: 'integrity' }))).toBe('Not the file that was expected');
  expect(leadOf(failed({ failureReason: 'fetch-error', failureCause: 'storage' }))).toBe('The browser could not store it');
});
