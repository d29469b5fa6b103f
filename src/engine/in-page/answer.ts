/** One request and what to make of its answer (RFC 9110; standard §5.2). */
import type { StoredBody } from '../../bytes/stored-body.js';
import { Fault } from './fault.js';
import type { ResponseHead } from './journal.js';
import type { LiveRecord } from './live-record.js';
import type { Exchange, Mover } from './mover.js';
import { contentLength, contentRange, givesRanges, isEncoded, judge, rangeHeaders } from './resume.js';
import { TEMPORARY_STATUS } from './retry.js';

/** What an exchange needs. */
export interface ExchangeMeans {
  readonly mover: Mover;
  readonly signal: AbortSignal;
  readonly onSize: (size: number) => void;
}

/** Asks for what is missing from `offset` on and brings it to rest. Throws what keeps it from the end. */
export async function exchange(record: LiveRecord, offset: number, means: ExchangeMeans): Promise<void> {
  const answer = await send(record, offset, means);
  try {
    await take(record, answer, offset, means);
  } finally {
    answer.cancel();
  }
}

async function take(record: LiveRecord, answer: Exchange, offset: number, means: ExchangeMeans): Promise<void> {
  const { head } = answer;
  if (head.type === 'cors') void lookForUnseen(head, record.now.request.method);
  if (TEMPORARY_STATUS.has(head.status) && record.isRepeatable)
    throw new Fault('not-now', `The server answered ${head.status}.`, head);
  switch (judge(head, record.now.head, offset)) {
    case 'refuse':
      return record.end('fetch-error', misfit(head));
    case 'restart':
      await record.drop();
      throw new Fault('misfit', misfit(head));
    case 'append':
      return pour(record, answer, offset, means);
    case 'replace':
      return isOk(head) ? pour(record, answer, 0, means) : refuseStatus(record, head);
  }
}

/** Where the words for it cannot be loaded, the console stays silent. */
async function lookForUnseen(head: ResponseHead, method: string): Promise<void> {
  const words = await import('./unseen.js').catch(() => undefined);
  words?.tellUnseen(head, method);
}

async function send(record: LiveRecord, offset: number, { mover, signal }: ExchangeMeans): Promise<Exchange> {
  const { head, request, requestBody } = record.now;
  if (!record.isRepeatable) await record.save({ sent: true });
  return mover.send(request, { requestBody, headers: offset > 0 && head ? rangeHeaders(head, offset) : [], signal });
}

async function pour(record: LiveRecord, answer: Exchange, offset: number, { mover, onSize }: ExchangeMeans): Promise<void> {
  const { head } = answer;
  // Whoever asks for a range has what it is added to.
  const key = offset > 0 ? (record.now.body as StoredBody).key : await record.begin(head, mover.store);
  const { length, request } = record.now;
  const { size, wire } = await answer.pour(key, offset, onSize, givesRanges({ ...record.now, head }) ? length : 0);
  onSize(size);
  // Firefox ends a packed body that was cut as if it were whole.
  const packed = isEncoded(head) ? contentLength(head) : 0;
  if (packed > 0 && wire > 0 && wire < packed)
    throw new Fault('network', `The response ended after ${wire} of ${packed} packed bytes.`);
  if (length === 0 || length === size || request.method === 'HEAD') return record.end('success', '', size);
  // A server may send less than it was asked for: the next request asks for the rest.
  if (head.status === 206 && contentRange(head)?.last === size - 1) return;
  if (size > length) return record.end('fetch-error', `The response had ${size} bytes where ${length} were announced.`, size);
  throw new Fault('network', `The response ended after ${size} of ${length} bytes.`);
}

/** What comes with an error's status is no part of the download. */
async function refuseStatus(record: LiveRecord, head: ResponseHead): Promise<void> {
  await record.drop();
  const { request, requestBody } = record.now;
  const detail = `The server answered ${head.status} to "${request.url}".`;
  await record.save({ head, uploaded: requestBody?.byteLength ?? 0, result: 'bad-status', detail });
}

function isOk({ status }: ResponseHead): boolean {
  return status >= 200 && status <= 299;
}

function misfit({ status }: ResponseHead): string {
  return `The server answered ${status} with a range that does not fit.`;
}
