/** Rows of the journal as anything may have written them. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isJournalFetch, isJournalRecord } from '../../../src/engine/in-page/state/journal-rows.js';
import type { JournalFetch, JournalRecord } from '../../../src/engine/in-page/state/journal.js';
import { isResumable } from '../../../src/engine/in-page/http/resume.js';
import { damaged } from '../../setup/damaged.js';

const RUNS = { numRuns: 10_000 };
const FETCH: JournalFetch = {
  ...{
    uid: 'u',
    scope: 'https://a.test/',
    id: 'ep-5',
    active: 'https://a.test/',
    title: '',
    icons: [{ src: 'https://a.test/i.png' }],
  },
  ...{ downloadTotal: 0, uploadTotal: 0, startedAt: 1, paused: false, result: '', failureReason: '', failureDetail: '' },
};
const RECORD: JournalRecord = {
  ...{ uid: 'u', index: 0, uploaded: 0, length: 10, result: '', detail: '' },
  request: {
    ...{ url: 'https://a.test/1', method: 'GET', headers: [['accept', '*/*']], mode: 'cors', credentials: 'same-origin' },
    ...{ cache: 'default', redirect: 'follow', referrer: 'about:client', referrerPolicy: '', integrity: '' },
  },
  head: {
    ...{ url: 'https://a.test/1', type: 'basic', redirected: false, status: 200, statusText: 'OK' },
    headers: [['etag', '"1"']],
  },
  body: { store: 'opfs', key: 'key', size: 5 },
};

it('accepts its own rows, and fields of a newer version', () => {
  expect(isJournalFetch({ ...FETCH, newer: { field: 1 } })).toBe(true);
  expect(isJournalRecord({ ...RECORD, newer: { field: 1 } })).toBe(true);
});

it('refuses any value as a row, and never throws', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => !isJournalFetch(value) && !isJournalRecord(value)),
    RUNS,
  );
});

it('accepts no damaged fetch that could not be listed', () => {
  fc.assert(
    fc.property(damaged(FETCH), (row) => {
      if (isJournalFetch(row)) expect(row.uid + row.scope + row.id + String(row.startedAt - 1)).toBeTypeOf('string');
    }),
    RUNS,
  );
});

it('accepts no damaged record whose request could not be read or resumed', () => {
  fc.assert(
    fc.property(damaged(RECORD), (row) => {
      if (!isJournalRecord(row)) return;
      isResumable(row);
      new URL(row.request.url);
      expect((row.body?.size ?? 0) + row.length).toBeGreaterThanOrEqual(0);
    }),
    RUNS,
  );
});
