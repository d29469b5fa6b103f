/** Bad arguments are answered in one line, and by name. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkId, checkPlan } from '../../src/manager/check.js';
import type { FetchPlan } from '../../src/manager/record.js';
import { isRecord } from '../../src/manager/schema.js';
import * as to from '../../src/manager/transitions.js';
import { createRecord } from '../../src/testing/records.js';
import { damaged } from '../setup/damaged.js';

const plan: FetchPlan = {
  id: 'ep-5',
  title: 'Episode 5',
  icons: [{ src: '/icon.png' }],
  requests: [{ url: 'https://a.test/1' } as FetchPlan['requests'][number]],
  downloadTotal: 0,
  engine: 'native',
};

it.each(['ep-5', '🎧', ' ', 'x'.repeat(1024)])('takes the id %j', (id) => {
  expect(() => checkId(id)).not.toThrow();
});

it.each([
  ['', 'Failed to start background fetch "": its id has 0 characters. Give it one of 1 to 1024, such as "episode-5".'],
  [
    undefined,
    'Failed to start background fetch "undefined": its id is no string. Give it one of 1 to 1024, such as "episode-5".',
  ],
  [
    'x'.repeat(1 << 20),
    `Failed to start background fetch "${'x'.repeat(20)}": its id has 1048576 characters. Give it one of 1 to 1024, such as "episode-5".`,
  ],
])('rejects the id %.20j with a message', (id, words) => {
  expect(() => checkId(id)).toThrow(new TypeError(words));
});

it('rejects a value that is not a request without reading it', () => {
  expect(() => checkPlan({ ...plan, requests: [undefined] } as unknown as FetchPlan)).toThrow('"undefined" is no http(s) URL');
});

it('accepts the plan of a page', () => {
  expect(() => checkPlan(plan)).not.toThrow();
});

it.each([
  [{ requests: [] }, 'there is nothing to fetch'],
  [{ requests: [{ url: 'file:///etc/passwd' }] }, '"file:///etc/passwd" is no http(s) URL'],
  [
    { requests: [{ url: 'https://a.test/1', headers: [['Range', 'bytes=0-9']] }] },
    'the request for "https://a.test/1" has a Range header, and a part is never stored as the file. Remove the header.',
  ],
  [{ requests: Array(10_000).fill(plan.requests[0]) }, '10000 requests are too many'],
  [{ title: 7 }, 'the title is no text'],
  [{ icons: [{}] }, 'icons is no list'],
  [{ downloadTotal: -1 }, 'downloadTotal is no whole number'],
  [{ downloadTotal: NaN }, 'downloadTotal is no whole number'],
  [{ engine: 'warp' }, 'the engine is not "native" or "in-page"'],
])('refuses %j', (change, words) => {
  expect(() => checkPlan({ ...plan, ...change } as FetchPlan)).toThrow(words);
});

const SHA256 = `${'a'.repeat(43)}=`;
const withIntegrity = (integrity: unknown) => ({ ...plan, requests: [{ ...plan.requests[0], integrity }] }) as FetchPlan;

it.each(['', ' ', `sha256-${SHA256}`, `SHA256-${SHA256} sha512-${'_-'.repeat(43)}==?x=y`, `\tsha384-${'b'.repeat(64)}\n`])(
  'takes the integrity %j',
  (integrity) => {
    expect(() => checkPlan(withIntegrity(integrity))).not.toThrow();
  },
);

it.each([
  ...[
    'md5-zzz',
    `sha-256-${SHA256}`,
    `sha256:${SHA256}`,
    `sha256-${'a'.repeat(42)}=`,
    `sha512-${SHA256}`,
    `sha1-${'a'.repeat(27)}=`,
  ],
  ...['sha256-', SHA256, `sha256-${SHA256} md5-zzz`, `sha256-${SHA256},sha256-${SHA256}`, 7, {}],
])('refuses the integrity %j', (integrity) => {
  expect(() => checkPlan(withIntegrity(integrity))).toThrow('is no hash. Use sha256-, sha384- or sha512- and base64.');
});

const RUNS = { numRuns: 10_000 };

/** Runs a check; false when it refused its argument, in one line. */
function passes(check: () => void): boolean {
  try {
    check();
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(/^Failed to \w+ background fetch ".*": .+\.$/u);
    return false;
  }
}

it('rejects a damaged plan whose record could not be read', { timeout: 60_000 }, () => {
  const [request] = createRecord().requests;
  const whole = {
    ...plan,
    requests: [request!, { ...request!, integrity: `sha256-${'a'.repeat(43)}=` }],
    page: 'https://a.test/',
    startedAt: 1,
  };
  let taken = 0;
  fc.assert(
    fc.property(damaged(whole), (value) => {
      const given = value as FetchPlan;
      if (!passes(() => checkPlan(given))) return;
      taken += 1;
      expect(isRecord(structuredClone(to.planned(given, 1)))).toBe(true);
    }),
    RUNS,
  );
  expect(taken).toBeGreaterThan(100);
});

it('rejects every other value as a plan or an id', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(passes(() => checkPlan(value as FetchPlan))).toBe(false);
      expect(passes(() => checkId(value))).toBe(typeof value === 'string' && value.length > 0);
    }),
    RUNS,
  );
});
