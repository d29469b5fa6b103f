/**
 * Decides whether a body that ended without an error is whole. The one rule:
 *
 * 1. If its size, decoded or encoded, is the announced one, it is whole.
 * 2. Otherwise the last byte is requested once, and the total in that response decides. Exception: in a browser that reports every interrupted
 *    body, one that is not shorter than announced is whole.
 * 3. Without a total, a body is whole in a browser that reports interruptions. In others it is read again, and is whole if it ends at the same
 *    byte and its encoded size does not differ from the announced one.
 *
 * A different `Content-Length` alone is no failure: another origin hides the coding of a body, and some servers announce the length of the decoded
 * file, or a length in addition to chunks. See docs/decisions/0013.
 */
import type { PlainRequest } from '../../../standard/plain-request.js';
import { readChunks } from '../transport/chunk-reader.js';
import { currentOf } from '../transport/current-request.js';
import { TransferError, toTransferError } from '../transport/transfer-error.js';
import { headerOf, type ResponseHead } from '../state/journal.js';
import type { Transport } from '../transport/transport.js';
import { toOutgoing } from '../transport/outgoing-request.js';
import { contentLength, contentRange, isEncoded } from '../http/resume.js';
import { encodedBodySize } from '../transport/encoded-body-size.js';

/** Body of a response that ended. */
export interface EndedBody {
  readonly request: PlainRequest;
  readonly head: ResponseHead;
  /** Decoded size in bytes. */
  readonly size: number;
  /** Encoded size in bytes; 0 if unknown. */
  readonly encodedSize: number;
}

/** Dependencies of further requests. */
interface CheckOptions {
  readonly transport: Transport;
  readonly signal: AbortSignal;
  /** Called while the body is read again. */
  readonly onBytes: () => void;
}

/** Resolves with true if the body is whole; rejects with a `TransferError` if that cannot be checked now. */
export async function isWhole(body: EndedBody, options: CheckOptions): Promise<boolean> {
  const { head, size, encodedSize } = body;
  const announced = contentLength(head);
  if (announced > 0 && (size === announced || encodedSize === announced)) return true;
  if (headerOf(head, 'content-length') === '0' && size === 0) return true;
  const isReported = reportsCut(head, navigator.userAgent);
  if (isReported && size >= announced) return true;
  // Firefox 153 in a page that no worker controls (docs/decisions/0013).
  if (!isReported && encodedSize > 0 && encodedSize < announced) return false;
  const total = await requestTotal(body, options);
  return total === undefined ? isReported || (await readAgain(body, options)) : total === size;
}

/**
 * Returns true if the browser rejects an interrupted body of this response: Chromium 156 always, Firefox 153 unless it has a length and a coding,
 * WebKitGTK 2.50 unless it is chunked or ends with the connection (docs/decisions/0013).
 */
export function reportsCut(head: ResponseHead, userAgent: string): boolean {
  if (/\bChrom(e|ium)\//.test(userAgent)) return true;
  if (!/\bFirefox\//.test(userAgent)) return false;
  return contentLength(head) === 0 || (head.type === 'basic' && headerOf(head, 'content-encoding') === null);
}

/** Resolves with the total size in the response to a request for the last byte; with undefined if it has none. */
async function requestTotal(
  { request, head, size }: EndedBody,
  { transport, signal }: CheckOptions,
): Promise<number | undefined> {
  const from = Math.max(size - 1, 0);
  try {
    const answer = await transport.send(request, { requestBody: undefined, headers: [['Range', `bytes=${from}-`]], signal });
    answer.cancel();
    return totalOf(answer.head, from, contentLength(head));
  } catch (error) {
    signal.throwIfAborted();
    if (toTransferError('no-response', error).kind === 'no-response') return undefined;
    throw error;
  }
}

/** Returns the total size in a response to a request for the bytes from `from`; undefined if it may be that of an encoded body. */
export function totalOf(answer: ResponseHead, from: number, announced: number): number | undefined {
  if (isEncoded(answer)) return undefined;
  const total = statedTotal(answer, from, announced);
  // A file that is stored compressed on another origin looks the same.
  return answer.type === 'cors' && total === announced ? undefined : total;
}

function statedTotal(answer: ResponseHead, from: number, announced: number): number | undefined {
  const { status, type } = answer;
  const length = contentLength(answer);
  if (status === 206) return contentRange(answer)?.length ?? (type === 'cors' && length > 0 ? from + length : undefined);
  if (status === 416) {
    const total = /^bytes \*\/(\d{1,15})$/i.exec(headerOf(answer, 'content-range') ?? '')?.[1];
    return total === undefined ? undefined : Number(total);
  }
  // With a Range, browsers accept no coding. An equal length is no new information.
  return status === 200 && type === 'basic' && length > 0 && length !== announced ? length : undefined;
}

/** Reads the body again in the page, where Firefox 153 reports the encoded size even if a worker controls the page (docs/decisions/0013). */
async function readAgain({ request, head, size }: EndedBody, { signal, onBytes }: CheckOptions): Promise<boolean> {
  const { url, init } = toOutgoing(currentOf(request), { requestBody: undefined, headers: [], signal });
  const begun = performance.now();
  let again = 0;
  try {
    const response = await fetch(url, { ...init, signal });
    for await (const chunk of readChunks(response.body)) {
      again += chunk.byteLength;
      onBytes();
    }
  } catch (error) {
    signal.throwIfAborted();
    throw new TransferError('network', `The body could not be read again: ${(error as Error).message}`);
  }
  const announced = contentLength(head);
  const encodedSize = announced > 0 ? await encodedBodySize(url, begun) : 0;
  return again === size && (encodedSize === 0 || encodedSize === announced);
}
