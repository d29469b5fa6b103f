/** What is loaded on demand. */
import { expect, it } from 'vitest';
import { OnDemand } from '../../src/client/on-demand.js';

it('is loaded once, for however many ask', async () => {
  let loads = 0;
  const code = new OnDemand(() => Promise.resolve({ number: ++loads }));
  expect(code.module).toBeUndefined();
  expect(await Promise.all([code.load(), code.load()])).toEqual([{ number: 1 }, { number: 1 }]);
  expect(code.module).toEqual({ number: 1 });
});

it('is asked for again where it could not be had', async () => {
  let asked = 0;
  const code = new OnDemand(() => (++asked < 4 ? Promise.reject(new TypeError('offline')) : Promise.resolve('here')));
  await expect(code.load()).rejects.toThrow('offline');
  expect(asked).toBe(2);
  // The request that was lost is made once more by itself.
  expect(await code.load()).toBe('here');
  expect(asked).toBe(4);
});
