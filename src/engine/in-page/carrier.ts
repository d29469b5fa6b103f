/** Carries every fetch of a scope to its end while this page owns them. */
import { deleteBody, listBodies } from '../../bytes/bodies.js';
import { listFiles } from '../../bytes/files.js';
import type { StoredBody } from '../../bytes/stored-body.js';
import type { Refresh } from '../engine.js';
import { toFault } from './fault.js';
import { createFileMover } from './file-mover.js';
import type { InPageHost } from './host.js';
import { Job, type JobMeans } from './job.js';
import { forgetLeft, listBodyKeys, listFetches, type JournalFetch } from './journal.js';
import type { Mover } from './mover.js';
import { Schedule } from './schedule.js';
import type { Wire } from './wire.js';

/** What a page may decide of how its bytes move. */
export interface CarrierOptions {
  /** How many responses come in at the same time; 3 unless given. */
  readonly parallel?: number;
  /** How long a transfer may be silent before its line is cut and made anew, in milliseconds; 30 s unless given. */
  readonly patience?: number;
  /** May be given later, too. */
  readonly refresh?: Refresh | undefined;
}

/** Finds the jobs, old and new, and hands them commands, until the signal aborts. */
export async function carry(host: InPageHost, wire: Wire, options: CarrierOptions, signal: AbortSignal): Promise<void> {
  const { parallel = 3, patience = 30_000 } = options;
  const jobs = new Map<string, Job>();
  let moving: Promise<Mover> | undefined;
  const means: JobMeans = {
    mover: async (id) => {
      moving ??= createMover(signal).catch((error: unknown) => {
        moving = undefined;
        throw error;
      });
      try {
        const mover = await moving;
        const { refresh } = options;
        return refresh ? (await import('./renew.js')).renewing(mover, id, refresh) : mover;
      } catch (error) {
        // What is loaded on demand comes from a server too: without one a transfer waits, as it does for its bytes.
        throw toFault('silence', error);
      }
    },
    schedule: new Schedule(parallel),
    patience,
    wire,
    host,
  };
  /** What cannot be read or written down now may be later. */
  const insist = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      if (signal.aborted) return;
      reportError(error);
      setTimeout(takeUp, AGAIN);
    }
  };
  const start = (fetch: JournalFetch): void => {
    if (jobs.has(fetch.uid)) return;
    const job = new Job(fetch, means);
    jobs.set(fetch.uid, job);
    void insist(job.run(signal)).then(() => jobs.delete(fetch.uid));
  };
  const takeUp = (): Promise<void> => insist(listFetches(host.scope).then((fetches) => fetches.forEach(start)));
  wire.listen(
    (message) => {
      if (message.kind === 'added') void takeUp();
      else if (message.kind === 'command') void jobs.get(message.uid)?.obey(message.command);
    },
    { signal },
  );
  await takeUp();
  await forgetLeft(Date.now() - LEFT_FOR);
  await collectOrphans();
}

/** When what stopped with an error of the browser's is taken up again, in milliseconds. */
const AGAIN = 10_000;

/** How long what is left of a download that failed waits for being asked for again, in milliseconds: a week. */
const LEFT_FOR = 7 * 24 * 60 * 60 * 1000;

async function createMover(signal: AbortSignal): Promise<Mover> {
  const mover = await createFileMover(signal).catch(() => undefined);
  // No workers, no blob: under this policy, or no files: IndexedDB is in every browser.
  return mover ?? (await import('./piece-mover.js')).createPieceMover();
}

/** Deletes bodies that no fetch speaks of and nobody keeps. They are listed first: whatever is there was spoken of before. */
async function collectOrphans(): Promise<void> {
  const bodies = new Map<string, StoredBody & { kept?: true }>();
  for (const key of await listFiles()) bodies.set(key, { store: 'opfs', key, size: 0 });
  for (const body of await listBodies()) bodies.set(body.key, body);
  const known = await listBodyKeys();
  for (const body of bodies.values()) if (!known.has(body.key) && !body.kept) await deleteBody(body, 'unless kept');
}
