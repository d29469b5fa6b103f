/** One request and what to make of its answer (RFC 9110; standard §5.2). */
import type { PlainRequest } from '../../standard/plain-request.js';
import { EXPIRED_STATUS } from '../engine.js';
import { Fault } from './fault.js';
import { headerOf, type ResponseHead } from './journal.js';
import type { LiveRecord } from './live-record.js';
import type { Exchange, Mover } from './mover.js';
import { outgoing } from './outgoing.js';
import { contentLength, isEncoded, judge, parseContentRange, rangeHeaders } from './resume.js';
import { retryAfter, TEMPORARY_STATUS } from './retry.js';
import { tellUnseen } from './unseen.js';

/** What an exchange needs. */
export interface ExchangeMeans {
  readonly mover: Mover;
  readonly signal: AbortSignal;
  readonly onSize: (size: number) => void;
  /** What is asked for. */
  readonly request: PlainRequest;
  /** True when the page knows another address to ask next. */
  renew(): Promise<boolean>;
}

/** The server answered "not now": it may have said when. */
export class NotNow extends Fault {
  readonly status: number;
  /** Milliseconds since the epoch. */
  readonly until: number | undefined;

  constructor(head: ResponseHead) {
    super('not-now', `The server answered ${head.status}.`);
    this.status = head.status;
    this.until = retryAfter(headerOf(head, 'retry-after'), Date.now());
  }
}

/** Asks for what is missing from `offset` on and brings it to rest. Throws what keeps it from the end. */
export async function exchange(record: LiveRecord, offset: number, means: ExchangeMeans): Promise<void> {
  const answer = await send(record, offset, means);
  const { head } = answer;
  if (isOk(head) && record.now.request.method === 'GET') tellUnseen(head);
  if (TEMPORARY_STATUS.has(head.status) && isRepeatable(record.now.request.method)) {
    answer.cancel();
    throw new NotNow(head);
  }
  if (EXPIRED_STATUS.has(head.status) && isRepeatable(record.now.request.method) && (await means.renew())) {
    answer.cancel();
    return;
  }
  switch (judge(head, record.now.head, offset)) {
    case 'refuse':
      answer.cancel();
      return record.end('fetch-error', misfit(head));
    case 'restart':
      answer.cancel();
      await record.drop();
      throw new Fault('misfit', misfit(head));
    case 'append':
      return pour(record, answer, offset, means);
    case 'replace':
      if (isOk(head)) return pour(record, answer, 0, means);
      answer.cancel();
      return refuseStatus(record, head);
  }
}

async function send(record: LiveRecord, offset: number, { mover, signal, request }: ExchangeMeans): Promise<Exchange> {
  const { head, requestBody } = record.now;
  if (!isRepeatable(request.method)) await record.save({ sent: true });
  return mover.send(outgoing(request, requestBody, offset > 0 && head ? rangeHeaders(head, offset) : []), signal);
}

async function pour(record: LiveRecord, answer: Exchange, offset: number, { mover, onSize }: ExchangeMeans): Promise<void> {
  const { head } = answer;
  const key = offset > 0 ? record.now.body?.key : await record.begin(head, mover.store);
  if (key === undefined) throw new Fault('misfit', 'The part to add to is gone.');
  const { size, wire } = await answer.pour(key, offset, onSize);
  onSize(size);
  // Firefox ends a packed body that was cut as if it were whole.
  const packed = isEncoded(head) ? contentLength(head) : 0;
  if (packed > 0 && wire > 0 && wire < packed)
    throw new Fault('network', `The response ended after ${wire} of ${packed} packed bytes.`);
  const { length, request } = record.now;
  if (length === 0 || length === size || request.method === 'HEAD') return record.end('success', '', size);
  // A server may send less than it was asked for: the next request asks for the rest.
  if (head.status === 206 && parseContentRange(headerOf(head, 'content-range'))?.last === size - 1) return;
  if (size > length) return record.end('fetch-error', `The response had ${size} bytes where ${length} were announced.`, size);
  throw new Fault('network', `The response ended after ${size} of ${length} bytes.`);
}

/** What comes with an error's status is no part of the download. */
async function refuseStatus(record: LiveRecord, head: ResponseHead): Promise<void> {
  await record.drop();
  await record.save({ head, uploaded: record.now.requestBody?.byteLength ?? 0 });
  await record.end('bad-status', `The server answered ${head.status} to "${record.now.request.url}".`);
}

/** True when sending the request again changes nothing on the server; the standard sends the others once. */
export function isRepeatable(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

function isOk({ status }: ResponseHead): boolean {
  return status >= 200 && status <= 299;
}

function misfit({ status }: ResponseHead): string {
  return `The server answered ${status} with a range that does not fit what was asked.`;
}
