/** Rows of the database as anything may have written them. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StoredResponse } from '../../src/manager/database.js';
import { isActive, isHeld, wasGivenUp, type FetchRecord, type FetchStatus } from '../../src/manager/record.js';
import { findExpired } from '../../src/manager/retention.js';
import { isRecord, isStoredResponse } from '../../src/manager/schema.js';
import * as to from '../../src/manager/transitions.js';
import { damaged } from '../setup/damaged.js';
import { createRecord } from '../../src/testing/records.js';

const RUNS = { numRuns: 10_000 };
const STATUSES = ['downloading', 'waiting', 'saving', 'done', 'failed', 'aborted', 'evicted'] satisfies FetchStatus[];
const response: StoredResponse = {
  id: 'ep-5',
  index: 0,
  url: 'https://a.test/1',
  method: 'GET',
  status: 200,
  statusText: 'OK',
  headers: [['content-type', 'audio/mpeg']],
  storedAt: 1000,
  body: { store: 'opfs', key: 'key', size: 10 },
};

/** Uses a record as the manager does. */
function use(record: FetchRecord): void {
  const { requests, files } = record;
  const plan = { ...record, engine: 'native' as const };
  const snapshot = {
    downloaded: 1,
    downloadTotal: 2,
    uploaded: 0,
    uploadTotal: 0,
    result: '' as const,
    failureReason: '' as const,
  };
  for (const next of [
    to.planned(plan, 1, record),
    to.progressed(record, snapshot, 1),
    to.noted(record, 1, 2),
    to.saving(record, 1),
    to.verified(record, new Set([0]), 1),
    to.done(record, files, 1),
    to.reconciled(record, createRecord()),
  ]) {
    isActive(next);
    isHeld(next);
    wasGivenUp(next);
  }
  findExpired([record], { maxSize: 1 }, 1);
  for (const { url } of [...requests, ...files]) new URL(url);
}

it.each(STATUSES)('accepts a record that is %s, and fields of a newer version', (status) => {
  expect(isRecord(structuredClone({ ...createRecord({ status }), newer: { field: 1 } }))).toBe(true);
});

it('accepts a response of 0.1, and fields of a newer version', () => {
  expect(isStoredResponse({ ...response, newer: 1 })).toBe(true);
});

it.each([
  [undefined],
  [null],
  ['a string'],
  [{ id: 'bad', status: 'failed' }],
  [{ ...createRecord(), files: [] }],
  [{ ...createRecord(), status: 'unheard' }],
  [{ ...createRecord(), title: { strings: ['<b>'], _$litType$: 1 } }],
  [{ ...createRecord(), requests: [{ url: 'javascript:alert(1)' }] }],
  [{ ...createRecord(), downloaded: NaN }],
])('refuses %j as a record', (row) => {
  expect(isRecord(row)).toBe(false);
});

it('refuses any value as a row, and never throws', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => !isRecord(value) && !isStoredResponse(value)),
    RUNS,
  );
});

it('accepts no damaged record that the manager could not use', () => {
  const record = createRecord({ icons: [{ src: 'https://a.test/i.png' }], status: 'failed' });
  fc.assert(
    fc.property(damaged(record), (row) => {
      if (isRecord(row)) use(row);
    }),
    RUNS,
  );
});

it('accepts no damaged response that could not be found and deleted', () => {
  fc.assert(
    fc.property(damaged(response), (row) => {
      if (!isStoredResponse(row)) return;
      row.headers.map(([name, value]) => name.length + value.length);
      new Response(null, { status: row.status });
      expect(row.body.size).toBeGreaterThanOrEqual(0);
      expect(row.body.key + row.url + row.id).toBeTypeOf('string');
    }),
    RUNS,
  );
});
