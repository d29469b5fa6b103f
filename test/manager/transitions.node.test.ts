/** What a record may become, state by state. */
import { describe, expect, it } from 'vitest';
import { UNDO_TIME, type FetchPlan, type FetchRecord, type FetchStatus } from '../../src/manager/record.js';
import * as to from '../../src/manager/transitions.js';
import type { RegistrationSnapshot } from '../../src/standard/snapshot.js';

const request = (url: string) => ({ url, method: 'GET' }) as FetchPlan['requests'][number];
const plan: FetchPlan = {
  id: 'ep-5',
  title: 'Episode 5',
  icons: [],
  requests: [request('https://a.test/1'), request('https://a.test/2')],
  downloadTotal: 100,
  engine: 'native',
};
const begun = to.planned(plan, 1000);
const snapshot = (change: Partial<RegistrationSnapshot> = {}): RegistrationSnapshot => ({
  downloaded: 0,
  downloadTotal: 100,
  uploaded: 0,
  uploadTotal: 0,
  result: '',
  failureReason: '',
  ...change,
});
const file = (url: string, downloaded: number, state: 'done' | 'failed') => ({
  url,
  downloaded,
  downloadTotal: downloaded,
  state,
  status: 200,
});
const extras = (state: NonNullable<RegistrationSnapshot['extras']>['state']) => ({
  state,
  waitingFor: undefined,
  waitingUntil: undefined,
  files: [],
  failureDetail: '',
});

describe('progress', () => {
  it('stays starting until the first byte arrives', () => {
    expect(to.progressed(begun, snapshot(), 2000)).toBe(begun);
    expect(to.progressed(begun, snapshot({ downloaded: 1 }), 2000)).toMatchObject({
      status: 'downloading',
      downloaded: 1,
      changedAt: 2000,
    });
  });

  it('shows all files as downloading if the engine does not report the current one', () => {
    const moving = to.progressed(begun, snapshot({ downloaded: 10 }), 2000);
    expect(moving.files.map(({ state }) => state)).toEqual(['downloading', 'downloading']);
    expect(to.progressed(moving, snapshot({ downloaded: 10 }), 3000)).toBe(moving);
  });

  it('never decreases, even if the browser restarts a response', () => {
    const at60 = to.progressed(begun, snapshot({ downloaded: 60 }), 2000);
    expect(to.progressed(at60, snapshot({ downloaded: 0 }), 3000).downloaded).toBe(60);
  });

  it('is saving, not done, when the last byte is there', () => {
    expect(to.progressed(begun, snapshot({ downloaded: 100, result: 'success' }), 2000).status).toBe('saving');
  });

  it.each<FetchStatus>(['saving', 'done', 'failed', 'aborted', 'evicted', 'idle'])(
    'does not change a download that is %s',
    (status) => {
      const record = { ...begun, status };
      expect(to.progressed(record, snapshot({ downloaded: 60 }), 2000)).toBe(record);
    },
  );

  it('ends a stall only when bytes arrive', () => {
    const silent = to.stalled(to.progressed(begun, snapshot({ downloaded: 10 }), 2000));
    expect(silent.status).toBe('stalled');
    expect(to.progressed(silent, snapshot({ downloaded: 10 }), 3000, false).status).toBe('stalled');
    expect(to.progressed(silent, snapshot({ downloaded: 5 }), 3000, true).status).toBe('downloading');
  });

  it.each(['waiting', 'stalled', 'paused'] as const)('shows that the engine is %s', (state) => {
    expect(to.progressed(begun, snapshot({ extras: extras(state) }), 2000).status).toBe(state);
  });

  it('is queued only once the leader reports it', () => {
    const queued = extras('queued');
    expect(to.progressed(begun, snapshot({ extras: queued }), 2000).status).toBe('starting');
    const waits = to.progressed(begun, snapshot({ extras: { ...queued, waitingFor: 'turn' } }), 2000);
    expect(waits.status).toBe('queued');
    expect(to.progressed(waits, snapshot({ extras: extras('downloading') }), 3000).status).toBe('downloading');
  });

  it('has a total once the server has sent the size of every file', () => {
    const file = (downloadTotal: number) =>
      ({ url: 'https://a.test/1', downloaded: 1, downloadTotal, state: 'downloading', status: 200 }) as const;
    const told = (...files: ReturnType<typeof file>[]) =>
      to.progressed(
        { ...begun, downloadTotal: 0 },
        snapshot({ downloadTotal: 0, extras: { ...extras('downloading'), files } }),
        2000,
      );
    expect(told(file(70), file(30)).downloadTotal).toBe(100);
    expect(told(file(70), file(0)).downloadTotal).toBe(0);
  });

  it('is the same object when nothing changed', () => {
    const once = to.progressed(begun, snapshot({ downloaded: 60 }), 2000);
    expect(to.progressed(once, snapshot({ downloaded: 60 }), 3000)).toBe(once);
  });
});

describe('an end', () => {
  it('is done with the stored sizes', () => {
    const files = [file('https://a.test/1', 70, 'done'), file('https://a.test/2', 20, 'done')];
    expect(to.done(begun, files, 5000)).toMatchObject({ status: 'done', result: 'success', downloaded: 90, downloadTotal: 90 });
  });

  it('is aborted, not failed, after an abort', () => {
    expect(to.failed(begun, [], { reason: 'aborted' }, 5000).status).toBe('aborted');
  });

  it('removes the reason for waiting', () => {
    const waiting = { ...begun, waitingFor: 'retry' as const, waitingUntil: 9000 };
    expect(to.aborted(waiting, 5000)).toMatchObject({ waitingFor: undefined, waitingUntil: undefined });
  });
});

describe('a retry', () => {
  const files = [file('https://a.test/1', 70, 'done'), file('https://a.test/2', 0, 'failed')];
  const failed = to.failed(begun, files, { reason: 'bad-status' }, 5000);

  it('keeps the stored files and counts their bytes', () => {
    const again = to.planned(plan, 6000, failed);
    expect(again).toMatchObject({
      status: 'starting',
      kept: 70,
      downloaded: 70,
      files: [{ state: 'done' }, { state: 'waiting' }],
    });
    expect(to.progressed(again, snapshot({ downloaded: 5, downloadTotal: 0 }), 7000).downloaded).toBe(75);
  });

  it('keeps nothing if the requests differ', () => {
    const other = { ...plan, requests: [request('https://a.test/1'), request('https://a.test/3')] };
    expect(to.planned(other, 6000, failed).kept).toBe(0);
  });

  it.each([{ integrity: 'sha256-new' }, { method: 'POST' }])('does not keep a file that is requested with other %o', (change) => {
    const [first, second] = plan.requests;
    const other = { ...plan, requests: [{ ...first!, ...change }, second!] };
    expect(to.planned(other, 6000, failed)).toMatchObject({ kept: 0, files: [{ state: 'waiting' }, { state: 'waiting' }] });
  });
});

describe('the records of page and manager', () => {
  const local = to.progressed(begun, snapshot({ downloaded: 60 }), 2000);

  it('keep the progress that this page saw', () => {
    expect(to.reconciled(local, begun)).toMatchObject({ status: 'downloading', downloaded: 60 });
  });

  it('end when the manager says so', () => {
    const failed: FetchRecord = to.failed(begun, begun.files, { reason: 'bad-status' }, 3000);
    expect(to.reconciled(local, failed)).toEqual({ ...failed, downloaded: 60 });
    expect(to.reconciled({ ...local, downloadTotal: 90 }, { ...failed, downloadTotal: 0 }).downloadTotal).toBe(90);
  });

  it('have the stored size of a failed in-page download', () => {
    const failed = to.failed({ ...begun, engine: 'in-page', downloaded: 50 }, begun.files, { reason: 'quota-exceeded' }, 3000);
    expect(to.reconciled({ ...local, engine: 'in-page' }, failed).downloaded).toBe(50);
  });

  it('stay ended if an older answer arrives after the end', () => {
    const done = to.done(begun, begun.files, 3000);
    expect(to.reconciled(done, begun)).toBe(done);
  });

  it('start again with a later start', () => {
    const later = to.planned(plan, 9000);
    expect(to.reconciled(local, later)).toBe(later);
  });
});

it('can be restored for ten seconds after it was discarded', () => {
  const gone = to.discarded(begun, 1000);
  expect(to.isGone(gone, 10_999)).toBe(false);
  expect(to.isGone(gone, 11_000)).toBe(true);
  expect(to.isGone(to.restored(gone), 11_000)).toBe(false);
});

it('keeps the status to which it is restored while it is cancelled', () => {
  const cancelled = to.discarded({ ...begun, status: 'downloading' }, 1000);
  expect(to.progressed(cancelled, snapshot({ extras: extras('paused') }), 2000).status).toBe('downloading');
  expect(to.aborted(cancelled, 11_000)).toMatchObject({ status: 'aborted', discardedAt: undefined });
});

it.each([
  [0, false],
  [UNDO_TIME - 1, false],
  [UNDO_TIME, true],
  [-1, false],
  [-UNDO_TIME, true],
])('a download that was discarded %d ms ago is gone: %s', (ago, isGone) => {
  expect(to.isGone(to.discarded(begun, 100_000), 100_000 + ago)).toBe(isGone);
});

it("distinguishes the server's total from the site's limit, also in a retry", () => {
  const failure = { reason: 'fetch-error' } as const;
  const retried = (record: FetchRecord, given: FetchPlan) =>
    to.planned(given, 3000, to.failed(record, record.files, failure, 2000));
  const open = { ...plan, downloadTotal: 0 };
  const measured = to.noted(to.planned(open, 1000), 0, 50);
  expect(measured).toMatchObject({ downloadTotal: 50, isMeasured: true });
  expect(retried(measured, open)).toMatchObject({ downloadTotal: 50, isMeasured: true });
  expect(retried(measured, plan)).toMatchObject({ downloadTotal: 100, isMeasured: undefined });
  expect(to.noted(begun, 10, 50)).toMatchObject({ downloadTotal: 100, isMeasured: undefined });
  // The size of what was stored is no limit of the next version.
  const stored = plan.requests.map(({ url }) => file(url, 50, 'done'));
  expect(to.done(to.planned(open, 1000), stored, 2000)).toMatchObject({ downloadTotal: 100, isMeasured: true });
});
