/** What is loaded on demand. */
import { expect, it } from 'vitest';
import { OnDemand } from '../../src/elements/on-demand.js';

it('is loaded once, for however many ask', async () => {
  let loads = 0;
  const code = new OnDemand(() => Promise.resolve({ number: ++loads }));
  expect(code.module).toBeUndefined();
  expect(await Promise.all([code.load(), code.load()])).toEqual([{ number: 1 }, { number: 1 }]);
  expect(code.module).toEqual({ number: 1 });
});

it('is asked for again where it could not be had', async () => {
  const answers = [Promise.reject(new TypeError('offline')), Promise.resolve('here')];
  const code = new OnDemand(() => answers.shift()!);
  await expect(code.load()).rejects.toThrow('offline');
  expect(await code.load()).toBe('here');
});
