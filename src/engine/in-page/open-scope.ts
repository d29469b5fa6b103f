/** Opens a scope in this page: its registrations, and the jobs while this page is the leader. */
import { ownerLock } from '../../standard/owner-lock.js';
import { runJobs, type JobRunnerOptions } from './run/job-runner.js';
import type { InPageHost } from './delivery/event-host.js';
import { runAsLeader } from './run/leader.js';
import { Registry } from './api/registry.js';

export function openScope(host: InPageHost, options: JobRunnerOptions = {}): Registry {
  const registry = new Registry(host.scope);
  runAsLeader(ownerLock(host.scope), (signal) => runJobs(host, registry.channel, options, signal));
  return registry;
}
