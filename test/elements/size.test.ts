/** The size of a download before it is started: asked by `HEAD`, for few files, once, and never where it could do harm. */
import { html } from '@open-wc/testing';
import { expect, it, vi } from 'vitest';
import { harmlessSizeOf, sizeOf } from '../../src/client/size.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { drawn, stage, textOf } from './puppet.js';

const methodsOf = async (url: string) => (await requestsOf(url)).map(({ method }) => method);
const requests = (...urls: string[]) => urls.map((url) => new Request(url));

it('is the sum of a few files, requested once per page by HEAD only', async () => {
  const urls = [fileUrl('size=1000'), fileUrl('size=500')];
  const twice = [sizeOf(requests(...urls)), sizeOf(requests(...urls))];
  expect(await Promise.all(twice)).toEqual([1500, 1500]);
  expect(await sizeOf(requests(...urls))).toBe(1500);
  expect(await Promise.all(urls.map(methodsOf))).toEqual([['HEAD'], ['HEAD']]);
});

it.each(['head=refused', 'length=none', 'status=410', 'gzip=on'])(
  'is unknown if the server does not send it: %s',
  async (fault) => {
    const url = fileUrl(`size=1000&${fault}`);
    expect(await sizeOf(requests(url))).toBe(0);
    expect(await sizeOf(requests(url))).toBe(0);
    expect(await methodsOf(url)).toEqual(['HEAD']);
  },
);

it('is not requested for many files', async () => {
  const urls = Array.from({ length: 600 }, () => fileUrl());
  expect(await sizeOf(requests(...urls))).toBe(0);
  expect(await methodsOf(urls[0]!)).toEqual([]);
  expect(await methodsOf(urls[599]!)).toEqual([]);
});

it('is requested from two servers at a time', async () => {
  const urls = Array.from({ length: 4 }, () => fileUrl('size=10&delay=500'));
  await Promise.all(urls.map((url) => sizeOf(requests(url))));
  const times = (await Promise.all(urls.map(requestsOf))).map(([entry]) => entry!.at).sort((a, b) => a - b);
  expect(times[2]! - times[0]!).toBeGreaterThanOrEqual(400);
});

it('is requested after a start only if the URL has no query, or its size is known', async () => {
  const [plain, signed] = [fileUrl(), fileUrl('size=10')];
  expect(await harmlessSizeOf(requests(plain))).toBe(2 ** 20);
  expect(await harmlessSizeOf(requests(signed))).toBe(0);
  expect(await methodsOf(signed)).toEqual([]);
  await sizeOf(requests(signed));
  expect(await harmlessSizeOf(requests(signed))).toBe(10);
});

it('stops waiting when the caller aborts', async () => {
  const url = fileUrl('size=10&delay=3000');
  expect(await sizeOf(requests(url), AbortSignal.abort())).toBe(0);
});

it('is not requested by a button that disables it, is out of view, or has many files', async () => {
  const many = Array.from({ length: 600 }, (_, index) => `/m${index}.bin`).join(' ');
  const { element, puppet } = await stage(
    'div',
    html`<div>
      <bg-fetch-button src="/a.bin" no-size></bg-fetch-button>
      <bg-fetch-button src=${many}></bg-fetch-button>
      <bg-fetch-button src="/c.bin" style="position: absolute; top: 9999px"></bg-fetch-button>
      <bg-fetch-button src="/d.bin"></bg-fetch-button>
    </div>`,
  );
  puppet.size = 1000;
  const ask = vi.spyOn(puppet, 'sizeOf');
  const seen = element.lastElementChild!;
  await expect.poll(() => textOf(seen)).toBe('Download 1 kB');
  await drawn(seen);
  expect(ask).toHaveBeenCalledTimes(1);
});
