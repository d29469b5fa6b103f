/** A call to a manager in another realm: Comlink's own message, marked, beside the port for the answer. */
import { API_VERSION } from './api.js';

/** Says that the message belongs to this kit, and which version the page speaks. */
export interface Call {
  readonly bgFetch: 'call';
  readonly version: number;
  /** In Comlink's words, not looked at yet. */
  readonly type?: unknown;
  readonly path?: unknown;
}

/** What marks a call of this version. */
export const CALL: Call = { bgFetch: 'call', version: API_VERSION };

/** True for a message that is a call; every other message on the same worker is somebody else's. */
export function isCall(message: unknown): message is Call {
  return typeof message === 'object' && message !== null && (message as Partial<Call>).bgFetch === 'call';
}
