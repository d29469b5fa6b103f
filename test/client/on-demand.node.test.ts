/** What is loaded on demand. */
import { expect, it } from 'vitest';
import { OnDemand } from '../../src/client/on-demand.js';

it('is loaded once for all callers', async () => {
  let loads = 0;
  const code = new OnDemand(() => Promise.resolve({ number: ++loads }));
  expect(code.module).toBeUndefined();
  expect(await Promise.all([code.load(), code.load()])).toEqual([{ number: 1 }, { number: 1 }]);
  expect(code.module).toEqual({ number: 1 });
});

it('is loaded again after a failure, whose message has a remedy', async () => {
  let asked = 0;
  const load = () =>
    ++asked < 4 ? Promise.reject(new TypeError('error loading dynamically imported module')) : Promise.resolve('here');
  const code = new OnDemand(load, 'the code');
  await expect(code.load()).rejects.toEqual(
    new Error('Failed to load the code: the network may be down. Try again when it is back, or reload the page.'),
  );
  expect(asked).toBe(2);
  // The request that was lost is made once more by itself.
  expect(await code.load()).toBe('here');
  expect(asked).toBe(4);
});

it("fails with the module's own error if it was loaded", async () => {
  const fault = new SyntaxError('no.');
  await expect(new OnDemand(() => Promise.reject(fault)).load()).rejects.toBe(fault);
  await expect(new OnDemand(() => Promise.reject(fault), 'the code').load()).rejects.toBe(fault);
});
