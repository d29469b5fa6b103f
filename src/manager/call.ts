/** The envelope of a call to a manager in another realm: it carries the port that Comlink then speaks on. */
import { API_VERSION } from './api.js';

/** Says that the port beside it belongs to this kit, and which version the page speaks. */
export interface Call {
  readonly bgFetch: 'call';
  readonly version: number;
}

/** A call of this version. */
export const CALL: Call = { bgFetch: 'call', version: API_VERSION };

/** True for a message that opens a call; every other message on the same worker is somebody else's. */
export function isCall(message: unknown): message is Call {
  return typeof message === 'object' && message !== null && (message as Partial<Call>).bgFetch === 'call';
}
