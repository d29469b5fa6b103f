/** Messages between the page and the dedicated worker; each response has a port of its own. */
import type { ResponseHead } from '../../state/journal.js';
import type { TransferErrorKind } from '../transfer-error.js';
import type { BodyEnd, BodyTarget } from '../transport.js';

/** Message of the page on the port of a response. */
export type PageMessage = BodyTarget | 'cancel';

/** Message of the worker on the port of a response: its head, progress, end or error. */
export type WorkerMessage =
  | { readonly head: ResponseHead }
  | Pick<BodyEnd, 'size'>
  | BodyEnd
  | { readonly kind: TransferErrorKind; readonly name: string; readonly message: string };
