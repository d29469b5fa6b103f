/** The worker's list of stored URLs: never thrown away, and never waited for in vain. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Change } from '../../src/manager/changes.js';
import { StoredList } from '../../src/worker/stored-list.js';

type Urls = ReadonlyMap<string, boolean>;

/** A list whose readings the test answers one by one. */
function listOf() {
  const readings: { resolve: (urls: Urls) => void; reject: (error: Error) => void }[] = [];
  const list = new StoredList(() => new Promise<Urls>((resolve, reject) => readings.push({ resolve, reject })));
  return { list, readings };
}

const A = 'https://a.test/1';
const ended = (url: string) => ({ record: { id: 'a', result: 'success', requests: [{ url }] } }) as unknown as Change;

describe('the list of stored URLs', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is unsure of everything until it is read', async () => {
    const { list, readings } = listOf();
    expect(list.stateOf(A)).toBe('unsure');
    readings[0]!.resolve(new Map([[A, false]]));
    await list.settled();
    expect([list.stateOf(`${A}#t=1`), list.stateOf(`${A}?b`)]).toEqual(['stored', 'unknown']);
  });

  it('says of which a document may be made', async () => {
    const { list, readings } = listOf();
    readings[0]!.resolve(new Map([[A, true]]));
    await list.settled();
    expect(list.stateOf(A)).toBe('document');
  });

  it('keeps what it knows while it is read again, and is unsure of what has changed alone', async () => {
    const { list, readings } = listOf();
    readings[0]!.resolve(new Map([['https://a.test/old', true]]));
    await list.settled();
    list.handleChange(ended(A));
    expect([A, 'https://a.test/old', 'https://a.test/other'].map((url) => list.stateOf(url))).toEqual([
      'unsure',
      'document',
      'unknown',
    ]);
    readings[1]!.resolve(new Map([[A, false]]));
    await list.settled();
    expect([A, 'https://a.test/old'].map((url) => list.stateOf(url))).toEqual(['stored', 'unknown']);
  });

  it('is read once more for a change that comes while it is read', async () => {
    const { list, readings } = listOf();
    list.handleChange(ended(A));
    readings[0]!.resolve(new Map());
    await vi.waitFor(() => expect(readings).toHaveLength(2), { timeout: 30_000 });
    expect(list.stateOf(A)).toBe('unsure');
    readings[1]!.resolve(new Map([[A, true]]));
    await list.settled();
    expect(list.stateOf(A)).toBe('document');
  });

  it('is not read again for a download that only moves on', async () => {
    const { list, readings } = listOf();
    readings[0]!.resolve(new Map());
    await list.settled();
    list.handleChange({ record: { id: 'a', result: '', requests: [{ url: A }] } } as unknown as Change);
    expect([readings.length, list.stateOf(A)]).toEqual([1, 'unknown']);
  });

  it('has no request wait for longer than a second, and none at all after that', async () => {
    const { list } = listOf();
    const waited = list.settled();
    await vi.advanceTimersByTimeAsync(1000);
    await waited;
    expect(list.stateOf(A)).toBe('unknown');
    await list.settled();
  });

  it('is read again some time after a reading failed, and lets every request pass until then', async () => {
    const told = vi.fn();
    vi.stubGlobal('reportError', told);
    const { list, readings } = listOf();
    readings[0]!.reject(new Error('no database'));
    await list.settled();
    expect([list.stateOf(A), told.mock.calls.length]).toEqual(['unknown', 1]);
    await vi.advanceTimersByTimeAsync(5000);
    readings[1]!.resolve(new Map([[A, false]]));
    await list.settled();
    expect(list.stateOf(A)).toBe('stored');
  });
});
