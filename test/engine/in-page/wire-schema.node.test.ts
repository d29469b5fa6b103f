/** What the engine takes from its channel, and what it does not. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isMessage } from '../../../src/engine/in-page/state/channel-schema.js';

const FILE = { url: 'https://x/', downloaded: 1, downloadTotal: 2, state: 'downloading', status: 200 };
const FACTS = {
  ...{ downloaded: 1, downloadTotal: 2, uploaded: 0, uploadTotal: 0, result: '', failureReason: '', recordsAvailable: true },
  extras: { state: 'waiting', waitingFor: 'retry', waitingUntil: 5, files: [FILE], failureDetail: '' },
};
const MESSAGES = [
  { kind: 'added', uid: 'u' },
  { kind: 'command', uid: 'u', command: 'pause' },
  { kind: 'facts', uid: 'u', facts: FACTS },
];

it('takes its own messages', () => expect(MESSAGES.map(isMessage)).toEqual([true, true, true]));

it.each([
  null,
  'added',
  { kind: 'added' },
  { kind: 'command', uid: 'u', command: 'delete' },
  { kind: 'facts', uid: 'u', facts: { ...FACTS, result: 'done' } },
  { kind: 'facts', uid: 'u', facts: { ...FACTS, downloaded: '1' } },
  { kind: 'facts', uid: 'u', facts: { ...FACTS, downloaded: NaN } },
  { kind: 'facts', uid: 'u', facts: { ...FACTS, extras: undefined } },
  { kind: 'facts', uid: 'u', facts: { ...FACTS, extras: { ...FACTS.extras, files: [{ ...FILE, url: 7 }] } } },
])('ignores %j', (data) => expect(isMessage(data)).toBe(false));

it('never throws, whatever it hears', () => {
  const runs = { numRuns: 10_000 };
  fc.assert(
    fc.property(fc.anything(), (data) => !isMessage(data)),
    runs,
  );
  const key = fc.constantFrom(...Object.keys(FACTS), 'extras', 'files', 'url');
  const spoiled = fc.tuple(key, fc.anything()).map(([name, value]) => ({
    ...{ kind: 'facts', uid: 'u' },
    facts: { ...FACTS, [name]: value, extras: { ...FACTS.extras, [name]: value, files: [{ ...FILE, [name]: value }] } },
  }));
  fc.assert(
    fc.property(spoiled, (data) => typeof isMessage(data) === 'boolean'),
    runs,
  );
});
