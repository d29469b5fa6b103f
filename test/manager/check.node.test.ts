/** Bad arguments are answered in one line, and by name. */
import { expect, it } from 'vitest';
import { checkId, checkPlan } from '../../src/manager/check.js';
import type { FetchPlan } from '../../src/manager/record.js';

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
])('refuses the id %.20j in words', (id, words) => {
  expect(() => checkId(id)).toThrow(new TypeError(words));
});

it('asks nothing of a request that is none', () => {
  expect(() => checkPlan({ ...plan, requests: [undefined] } as unknown as FetchPlan)).toThrow('"undefined" is no http(s) URL');
});

it('takes a plan as the page makes it', () => {
  expect(() => checkPlan(plan)).not.toThrow();
});

it.each([
  [{ requests: [] }, 'there is nothing to fetch'],
  [{ requests: [{ url: 'file:///etc/passwd' }] }, '"file:///etc/passwd" is no http(s) URL'],
  [{ requests: Array(10_000).fill(plan.requests[0]) }, '10000 requests are too many'],
  [{ title: 7 }, 'the title is no text'],
  [{ icons: [{}] }, 'icons is no list'],
  [{ downloadTotal: -1 }, 'downloadTotal is no whole number'],
  [{ downloadTotal: NaN }, 'downloadTotal is no whole number'],
  [{ engine: 'warp' }, 'the engine is not "native" or "in-page"'],
])('refuses %j', (change, words) => {
  expect(() => checkPlan({ ...plan, ...change } as FetchPlan)).toThrow(words);
});
