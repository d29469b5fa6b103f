/** Runs all fetches of a scope while this page is the leader. */
import { deleteBody, listBodies } from '../../../bytes/bodies.js';
import { listFiles } from '../../../bytes/files.js';
import type { StoredBody } from '../../../bytes/stored-body.js';
import type { Refresh } from '../../engine.js';
import { ResumeDecisions, type ShouldResume } from './earlier.js';
import { createIdbTransport } from '../transport/idb-transport.js';
import { withRefresh } from '../transport/refresh.js';
import { createOpfsTransport } from '../transport/opfs-transport.js';
import type { InPageHost } from '../delivery/event-host.js';
import { Job, type JobContext } from './job.js';
import { deleteDamagedFetches, deletePartialBodies, listBodyKeys, listFetches, type JournalFetch } from '../state/journal.js';
import type { Transport } from '../transport/transport.js';
import { TransferQueue } from '../transfer/queue.js';
import type { Command, FetchChannel } from '../state/channel.js';

/** Options of the in-page engine. */
export interface JobRunnerOptions {
  /** Maximum number of simultaneous transfers; 3 by default. */
  readonly parallel?: number;
  /** Timeout without data after which a request is aborted and repeated, in milliseconds; 30 s by default. */
  readonly timeout?: number;
  /** Replaces expired URLs; may be set later. */
  readonly refresh?: Refresh | undefined;
  /** Called before this page resumes a fetch. */
  readonly resume?: ShouldResume | undefined;
}

/** Runs the jobs of all fetches, old and new, and passes commands to them, until the signal aborts. */
export async function runJobs(
  host: InPageHost,
  channel: FetchChannel,
  options: JobRunnerOptions,
  signal: AbortSignal,
): Promise<void> {
  const { parallel = 3, timeout = 30_000 } = options;
  const jobs = new Map<string, Job>();
  const decisions = new ResumeDecisions();
  /** Created at the first use, and again after its worker has died. */
  let created: Promise<Transport> | undefined;
  const context: JobContext = {
    transport: async (id) => {
      created ??= createTransport(signal, () => (created = undefined));
      const transport = await created;
      const { refresh } = options;
      return refresh ? withRefresh(transport, id, refresh) : transport;
    },
    queue: new TransferQueue(parallel),
    timeout,
    channel,
    host,
  };
  /** Repeats work that failed because of the storage. */
  const retryLater = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      if (signal.aborted) return;
      reportError(error);
      setTimeout(startJobs, RETRY_DELAY);
    }
  };
  const start = (fetch: JournalFetch): void => {
    if (jobs.has(fetch.uid)) return;
    if (options.resume && !decisions.isDecided(fetch)) {
      void retryLater(decisions.ask(fetch, options.resume).then(startJobs));
      return;
    }
    const job = new Job(fetch, context);
    jobs.set(fetch.uid, job);
    void retryLater(job.run(signal)).then(() => jobs.delete(fetch.uid));
  };
  const startJobs = (): Promise<void> => retryLater(listFetches(host.scope).then((fetches) => fetches.forEach(start)));
  const runCommand = (uid: string, command: Command): void => {
    const job = jobs.get(uid);
    if (job) void job.runCommand(command);
    else if (command !== 'report') {
      decisions.decide(uid);
      void startJobs();
    }
  };
  channel.listen(
    (message) => {
      if (message.kind === 'added') void startJobs();
      else if (message.kind === 'command') runCommand(message.uid, message.command);
    },
    { signal },
  );
  await retryLater(deleteDamagedFetches());
  await startJobs();
  await deletePartialBodies(Date.now() - PARTIAL_LIFETIME);
  await collectOrphans();
}

/** Delay before failed work is repeated, in milliseconds. */
const RETRY_DELAY = 10_000;

/** Time that partial files of failed downloads are kept, in milliseconds: a week. */
const PARTIAL_LIFETIME = 7 * 24 * 60 * 60 * 1000;

async function createTransport(signal: AbortSignal, onDeath: () => void): Promise<Transport> {
  // Without workers, blob: URLs or files: IndexedDB is available in every browser.
  return (await createOpfsTransport(signal, onDeath).catch(() => undefined)) ?? createIdbTransport();
}

/** Deletes bodies that no fetch references and that are not kept. They are listed first, because a fetch references its body before it exists. */
async function collectOrphans(): Promise<void> {
  const bodies = new Map<string, StoredBody & { kept?: true }>();
  // Files that cannot be listed now are deleted at the next start.
  const files = await listFiles().catch(() => undefined);
  for (const key of files?.keys() ?? []) bodies.set(key, { store: 'opfs', key, size: 0 });
  for (const body of await listBodies()) bodies.set(body.key, body);
  const known = await listBodyKeys();
  for (const body of bodies.values()) if (!known.has(body.key) && !body.kept) await deleteBody(body, 'unless kept');
}
