/** The commands of a manager, the same over Comlink and in the page. Each may be called twice with the same effect. */
import type { FetchPlan, FetchRecord } from './record.js';
import type { Failure } from './transitions.js';

/** Errors are `TypeError` for a bad argument and `NotFoundError` for an unknown id. */
export interface ManagerApi {
  /** A download is about to start: remembers it. One that is active already stays as it is and is given back. */
  expect(plan: FetchPlan): Promise<FetchRecord>;
  /** No engine started it, and why. */
  refuse(id: string, failure: Failure): Promise<void>;
  /** It waits for a line that is not metered, until it is expected again. */
  hold(id: string, startedAt: number): Promise<void>;
  /** How far a page saw it come, so that the next visit shows no less. */
  note(id: string, startedAt: number, downloaded: number, downloadTotal: number): Promise<void>;
  /** A page held the stored files against their hashes; `mismatched` are the places of those that have another. */
  verified(id: string, startedAt: number, mismatched: readonly number[]): Promise<void>;
  /** Ends a download that no engine knows any more. */
  abandon(id: string): Promise<void>;
  /** All downloads, set right against the engines and against what is really stored. */
  list(): Promise<FetchRecord[]>;
  /** Takes a settled download away; its bytes go when it can no longer be restored. */
  discard(id: string): Promise<void>;
  restore(id: string): Promise<void>;
}

/** The names of the commands: nothing else of a manager can be reached from outside. */
export const COMMANDS = [
  'expect',
  'refuse',
  'hold',
  'note',
  'verified',
  'abandon',
  'list',
  'discard',
  'restore',
] as const satisfies (keyof ManagerApi)[];

/** Grows when a command changes its meaning; page and worker say theirs in every call. */
export const API_VERSION = 1;
