/** Commands of a manager, in the page or over Comlink. All are idempotent. */
import type { FetchPlan, FetchRecord } from './record.js';
import type { Failure } from './transitions.js';

/** Commands reject with `TypeError` for an invalid argument and `NotFoundError` for an unknown id. */
export interface ManagerApi {
  /**
   * Records a download before its start; resolves with the existing record if it is active. Rejects with `InvalidStateError` if the active one
   * is of another scope.
   */
  register(plan: FetchPlan): Promise<FetchRecord>;
  /** Records that no engine started it, with the reason. */
  refuse(id: string, failure: Failure): Promise<void>;
  /** Records that it waits for an unmetered connection or, with `forVisitor`, for a click. */
  hold(id: string, startedAt: number, forVisitor?: boolean): Promise<void>;
  /** Records the progress seen by a page, so that the next visit shows no less. */
  note(id: string, startedAt: number, downloaded: number, downloadTotal: number): Promise<void>;
  /** Records the verification of files by a page; `mismatched` are the indices of files with another hash. */
  verified(id: string, startedAt: number, mismatched: readonly number[]): Promise<void>;
  /** Aborts a download without a fetch in any engine. */
  abandon(id: string): Promise<void>;
  /**
   * Resolves with all downloads of the origin, checked against the stored files, and those of this scope against the engines. Given the scopes
   * of the origin's service workers, takes over downloads of scopes that no longer exist.
   */
  list(registered?: readonly string[]): Promise<FetchRecord[]>;
  /**
   * Removes an ended download, or cancels an active one: its files are deleted, and its fetch is aborted, when it can no longer be restored. A
   * repeated call starts the time again.
   */
  discard(id: string): Promise<void>;
  restore(id: string): Promise<void>;
  /** Aborts all downloads of the origin and deletes all stored data; nothing can be restored. */
  clear(): Promise<void>;
}

/** Names of the commands, the only members of a manager that pages can call. */
export const COMMANDS = [
  'register',
  'refuse',
  'hold',
  'note',
  'verified',
  'abandon',
  'list',
  'discard',
  'restore',
  'clear',
] as const satisfies (keyof ManagerApi)[];

/** Name of `register` in version 1, whose pages call it until they are reloaded. */
export const OLD_REGISTER = 'expect';

/** Version of the commands, increased with their meaning; each call has that of its page. */
export const API_VERSION = 2;
