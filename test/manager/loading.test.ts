/** What a page loads without being asked: a click counts for some seconds only, and the network may be gone by then. */
import { expect, it } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';

const loaded = (module: string) => performance.getEntriesByType('resource').some(({ name }) => name.includes(module));

it('has what obeys commands before the first one', async () => {
  performance.setResourceTimingBufferSize(1000);
  const client = new BgFetchClient();
  await client.ready;
  await expect.poll(() => loaded('/src/client/commands.ts')).toBe(true);
});
