/** Call of a manager in another realm: a marked Comlink message with a port for the answer. */
import { API_VERSION, COMMANDS, OLD_REGISTER } from './api.js';

/** Marks a message of this kit with the version of the page. */
interface Mark {
  readonly bgFetch: 'call';
  readonly version: number;
}

/** The only kind of Comlink message that is accepted: a command by name with plain arguments. */
export interface Call extends Mark {
  readonly id: string;
  readonly type: 'APPLY';
  readonly path: readonly [command: string];
  readonly argumentList: readonly { readonly type: 'RAW'; readonly value: unknown }[];
}

/** Mark of a call of this version. */
export const CALL: Mark = { bgFetch: 'call', version: API_VERSION };

/** Sent through the port of a call at intervals until it is answered: a call may wait for gigabytes that are being stored. */
export const WORKING = { bgFetch: 'working' } as const;

/** Sent to a waiting worker that is to be active at once. */
export const ACTIVATE = { bgFetch: 'activate' } as const;

/** Returns true for `ACTIVATE`. */
export function isActivate(message: unknown): boolean {
  return (message as Partial<typeof ACTIVATE> | null)?.bgFetch === ACTIVATE.bgFetch;
}

/** Returns true for the message of a worker that has received a call and not answered it yet. */
export function isWorking(message: unknown): boolean {
  return (message as Partial<typeof WORKING> | null)?.bgFetch === WORKING.bgFetch;
}

/** Returns true for a valid call. Comlink itself would follow any path and set any property, and other messages belong to the site. */
export function isCall(message: unknown): message is Call {
  const { bgFetch, version, id, type, path, argumentList } = (message ?? {}) as Partial<Record<keyof Call, unknown>>;
  const isMarked = bgFetch === 'call' && Number.isSafeInteger(version) && typeof id === 'string' && type === 'APPLY';
  return isMarked && isList(path) && path.length === 1 && NAMES.has(path[0]) && isList(argumentList) && argumentList.every(isRaw);
}

const NAMES: ReadonlySet<unknown> = new Set([...COMMANDS, OLD_REGISTER]);

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isRaw(argument: unknown): boolean {
  return (argument as { type?: unknown } | null)?.type === 'RAW';
}
