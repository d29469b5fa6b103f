/** Carries every fetch of a scope to its end while this page owns them. */
import { deleteBody, listBodies } from '../../bytes/bodies.js';
import { createFileMover } from './file-mover.js';
import type { InPageHost } from './host.js';
import { Job, type JobMeans } from './job.js';
import { listBodyKeys, listFetches, readFetch, type JournalFetch } from './journal.js';
import type { Mover } from './mover.js';
import { createPieceMover } from './piece-mover.js';
import { Schedule } from './schedule.js';
import type { Wire } from './wire.js';

/** What a page may decide of how its bytes move. */
export interface CarrierOptions {
  /** How many responses come in at the same time; 3 unless given. */
  readonly parallel?: number;
  /** How long a transfer may be silent before its line is cut and made anew, in milliseconds; 30 s unless given. */
  readonly patience?: number;
}

/** Finds the jobs, old and new, and hands them commands. */
export class Carrier {
  readonly #host: InPageHost;
  readonly #wire: Wire;
  readonly #parallel: number;
  readonly #patience: number;
  readonly #jobs = new Map<string, Job>();
  #mover: Promise<Mover> | undefined;

  constructor(host: InPageHost, wire: Wire, { parallel = 3, patience = 30_000 }: CarrierOptions = {}) {
    this.#host = host;
    this.#wire = wire;
    this.#parallel = parallel;
    this.#patience = patience;
  }

  /** Runs until the signal aborts and everything under way has come to rest. */
  async run(signal: AbortSignal): Promise<void> {
    const running = new Set<Promise<void>>();
    const schedule = new Schedule(this.#parallel);
    const means: JobMeans = {
      mover: () => (this.#mover ??= createMover()),
      schedule,
      patience: this.#patience,
      wire: this.#wire,
      deliver: (...end) => this.#host.deliver(...end),
    };
    const start = (fetch: JournalFetch | undefined): void => {
      if (!fetch || fetch.scope !== this.#host.scope || this.#jobs.has(fetch.uid) || signal.aborted) return;
      const job = new Job(fetch, means);
      this.#jobs.set(fetch.uid, job);
      const done = job
        .run(signal)
        .catch((error: unknown) => {
          if (!signal.aborted) reportError(error);
        })
        .finally(() => {
          this.#jobs.delete(fetch.uid);
          running.delete(done);
        });
      running.add(done);
    };
    this.#wire.listen((message) => {
      if (message.kind === 'added') void readFetch(message.uid).then(start);
      else if (message.kind === 'command') void this.#jobs.get(message.uid)?.obey(message.command);
    }, signal);
    (await listFetches(this.#host.scope)).forEach(start);
    await collectOrphans();
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.allSettled(running);
  }
}

async function createMover(): Promise<Mover> {
  try {
    return await createFileMover();
  } catch {
    // No workers, no blob: under this policy, or no files: IndexedDB is in every browser.
    return createPieceMover();
  }
}

/** Deletes bodies that no fetch speaks of and nobody keeps. The list of bodies comes first: whatever is in it was spoken of before. */
async function collectOrphans(): Promise<void> {
  const bodies = await listBodies();
  const known = await listBodyKeys();
  for (const body of bodies) if (!known.has(body.key) && !body.kept) await deleteBody(body, 'unless kept');
}
