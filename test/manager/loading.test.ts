/** What a page loads without being asked: a click counts for some seconds only, and the network may be gone by then. */
import { expect, it } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';

const loaded = (module: string) => performance.getEntriesByType('resource').some(({ name }) => name.includes(module));

it.each([
  ['obeys commands', '/src/client/commands.ts'],
  ['answers from what is stored', '/src/manager/stored-answer.ts'],
])('has what %s before the first is asked', async (_what, module) => {
  performance.setResourceTimingBufferSize(1000);
  const client = new BgFetchClient();
  await client.ready;
  await expect.poll(() => loaded(module)).toBe(true);
});
