/** Messages to the worker: whatever is not exactly one of this kit's is somebody else's. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/manager/api.js';
import { isCall } from '../../src/manager/call.js';
import { isDelivery } from '../../src/worker/deliveries.js';

const delivery = { type: 'bg-fetch-event', event: 'backgroundfetchsuccess', uid: 'u' };
const call = { bgFetch: 'call', version: 1, id: 'asked', type: 'APPLY', path: ['list'], argumentList: [] };

describe('a delivery', () => {
  it('is one of the three ends of a named fetch', () => {
    for (const event of ['backgroundfetchsuccess', 'backgroundfetchfail', 'backgroundfetchabort'])
      expect(isDelivery({ ...delivery, event })).toBe(true);
  });

  it.each(['backgroundfetchclick', 'push', 'install', 'activate', 'fetch', 'message', 'notificationclick', 'toString', '', 7])(
    'is not the event %s',
    (event) => {
      expect(isDelivery({ ...delivery, event })).toBe(false);
    },
  );

  it('is nothing else', { timeout: 60_000 }, () => {
    const anything = fc.anything({ withNullPrototype: true, withTypedArray: true, withMap: true });
    const part = fc.constantFrom('type', 'event', 'uid');
    const wrong = fc
      .record({ part, value: fc.oneof(fc.constantFrom('', 'push', 'install', 'constructor'), anything) })
      .filter(({ part: name, value }) => name !== 'uid' || value === '' || typeof value !== 'string')
      .map(({ part: name, value }) => ({ ...delivery, [name]: value }));
    fc.assert(
      fc.property(fc.oneof(anything, wrong), (message) => !isDelivery(message)),
      { numRuns: 10_000 },
    );
  });
});

describe('a call', () => {
  it('names one command, and its arguments plainly', () => {
    for (const command of COMMANDS) expect(isCall({ ...call, path: [command] })).toBe(true);
    expect(isCall({ ...call, argumentList: [{ type: 'RAW', value: null }, { type: 'RAW' }] })).toBe(true);
  });

  it.each([
    ['a longer path', { path: ['list', 'constructor'] }],
    ['no path', { path: [] }],
    ['a path that is no list', { path: 'list' }],
    ['what is no command', { path: ['settle'] }],
    ['what every object has', { path: ['hasOwnProperty'] }],
    ['another kind', { type: 'GET' }],
    ['arguments that are made by a handler', { argumentList: [{ type: 'HANDLER', name: 'proxy', value: {} }] }],
    ['arguments that are no list', { argumentList: { every: 1 } }],
    ['no id', { id: undefined }],
    ['a version that is no number', { version: '1' }],
  ])('has not %s', (_what, change) => {
    expect(isCall({ ...call, ...change })).toBe(false);
  });

  it('is nothing else, and nothing makes the check throw', { timeout: 60_000 }, () => {
    const part = fc.constantFrom('bgFetch', 'version', 'id', 'type', 'path', 'argumentList');
    const anything = fc.anything({ withNullPrototype: true, withTypedArray: true });
    const spoiled = fc.tuple(part, anything).map(([name, value]) => ({ ...call, [name]: value }));
    fc.assert(
      fc.property(fc.oneof(anything, spoiled), (message) => {
        if (!isCall(message)) return true;
        const { bgFetch, version, id, type, path, argumentList } = message;
        return (
          bgFetch === 'call' &&
          Number.isInteger(version) &&
          typeof id === 'string' &&
          type === 'APPLY' &&
          (COMMANDS as readonly string[]).includes(path[0]) &&
          argumentList.every((argument) => argument.type === 'RAW')
        );
      }),
      { numRuns: 10_000 },
    );
  });
});
