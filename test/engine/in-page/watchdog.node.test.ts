/** The timeout of a request without data, in units of its limit: the message of its end says which limit it was. */
import { afterEach, expect, it } from 'vitest';
import { watch, type Watchdog } from '../../../src/engine/in-page/transfer/watchdog.js';

const TIMEOUT = 1000;

let watchdog: Watchdog;
afterEach(() => watchdog.stop());

it.each([
  ['twice the timeout before the first byte', 1, false, 2],
  ['the timeout after a byte', 1, true, 1],
  ['longer after each timeout, before the first byte too', 2, false, 4],
  ['longer after each timeout', 2, true, 2],
])('is %s', async (_what, factor, hasBytes, seconds) => {
  watchdog = watch(TIMEOUT, factor, () => undefined);
  if (hasBytes) watchdog.restart();
  await expect.poll(() => watchdog.signal.aborted, { timeout: 30_000 }).toBe(true);
  expect(watchdog.signal.reason).toMatchObject({
    kind: 'network',
    message: `No bytes were received for ${seconds} s.`,
  });
});
