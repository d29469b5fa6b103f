/** Which stored responses may be answered, and to what. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isAnswerable, mayBeDocument, permits } from '../../src/manager/answerable.js';
import type { StoredResponse } from '../../src/manager/stored-response.js';

const url = 'https://a.test/1';
const row = (change: Partial<StoredResponse> = {}): StoredResponse => ({
  id: 'a',
  index: 0,
  url,
  finalUrl: url,
  method: 'GET',
  status: 200,
  statusText: '',
  headers: [],
  storedAt: 0,
  body: { store: 'opfs', key: 'k', size: 1 },
  ...change,
});

beforeEach(() => void vi.stubGlobal('location', { origin: 'https://a.test' }));

it('answers only whole files', () => {
  expect(isAnswerable(row())).toBe(true);
  expect(isAnswerable(row({ status: 203 }))).toBe(true);
  for (const status of [204, 205, 206]) expect([status, isAnswerable(row({ status }))]).toEqual([status, false]);
  expect(isAnswerable(row({ method: 'POST' }))).toBe(false);
  expect(isAnswerable(row({ unverified: 'sha256-x' }))).toBe(false);
});

it.each([
  ['the own', {}, true],
  ['what a redirect brought, from the same origin too', { finalUrl: 'https://a.test/2' }, false],
  ["another origin's", { url: 'https://b.test/1', finalUrl: 'https://b.test/1' }, false],
  ['what does not say where it came from', { finalUrl: undefined }, false],
])('may answer a navigation with %s: %s', (_what, change, may) => {
  expect(mayBeDocument(row(change))).toBe(may);
});

describe('a redirected response', () => {
  const moved = row({ finalUrl: 'https://b.test/1' });

  it.each([
    [{ mode: 'cors', redirect: 'follow' }, true],
    [{ mode: 'no-cors', redirect: 'follow' }, true],
    [{ mode: 'same-origin', redirect: 'follow' }, false],
    [{ mode: 'cors', redirect: 'error' }, false],
    [{ mode: 'cors', redirect: 'manual' }, false],
  ] as const)('for %o: %s', (request, may) => {
    expect([permits(request, moved), permits(request, row())]).toEqual([may, true]);
  });
});
