/** Sends one request and stores its response (RFC 9110; standard §5.2). */
import type { StoredBody } from '../../../bytes/stored-body.js';
import { refusalOf } from '../../../standard/file-response.js';
import { TransferError } from '../transport/transfer-error.js';
import type { ResponseHead } from '../state/journal.js';
import type { RecordWriter } from './record-writer.js';
import type { IncomingResponse, Transport } from '../transport/transport.js';
import { givesSameBytes } from './aligned.js';
import { contentRange, givesRanges, decideUse, rangeHeaders } from '../http/resume.js';
import { TEMPORARY_STATUS } from '../http/retry.js';
import { warnOfHiddenHeaders } from '../http/cors-warning.js';
import { isWhole } from './completeness.js';

/** Dependencies of an exchange. */
export interface ExchangeOptions {
  readonly transport: Transport;
  readonly signal: AbortSignal;
  readonly onSize: (size: number) => void;
}

/** Requests the bytes from `offset` and stores them. Rejects with a `TransferError` if the response cannot be completed. */
export async function exchange(record: RecordWriter, offset: number, options: ExchangeOptions): Promise<void> {
  if (offset > 0 && !(await givesSameBytes(record.current, options))) {
    await record.deletePartialBody();
    throw new TransferError('range-mismatch', 'The ranges of the server differ from the stored bytes.');
  }
  const response = await send(record, offset, options);
  try {
    await handleResponse(record, response, offset, options);
  } finally {
    response.cancel();
  }
}

async function handleResponse(
  record: RecordWriter,
  response: IncomingResponse,
  offset: number,
  options: ExchangeOptions,
): Promise<void> {
  const { head } = response;
  if (head.type === 'cors') warnOfHiddenHeaders(head, record.current.request.method);
  if (TEMPORARY_STATUS.has(head.status) && record.isRepeatable)
    throw new TransferError('retry-later', `The server answered ${head.status}.`, head);
  switch (decideUse(head, record.current.head, offset)) {
    case 'restart':
      await record.deletePartialBody();
      throw new TransferError('range-mismatch', mismatchDetail(head));
    case 'append':
      return storeBody(record, response, offset, options);
    case 'replace':
      return storeWhole(record, response, options);
  }
}

async function storeWhole(record: RecordWriter, response: IncomingResponse, options: ExchangeOptions): Promise<void> {
  const { head } = response;
  const { url, method } = record.current.request;
  // The URL of the request shows the type of the file: a sign-in page may have been reached by a redirect.
  const refusal = refusalOf({ ...head, url, method });
  if (refusal !== undefined) return endAsRefused(record, head, refusal);
  // A 206 that contains the whole file, without a range in the request, is stored as the file.
  const whole = head.status === 206 ? { ...head, status: 200, statusText: 'OK' } : head;
  return storeBody(record, { ...response, head: whole }, 0, options);
}

async function send(record: RecordWriter, offset: number, { transport, signal }: ExchangeOptions): Promise<IncomingResponse> {
  const { head, request, requestBody } = record.current;
  if (!record.isRepeatable) await record.save({ sent: true });
  return transport.send(request, { requestBody, headers: offset > 0 && head ? rangeHeaders(head, offset) : [], signal });
}

async function storeBody(
  record: RecordWriter,
  response: IncomingResponse,
  offset: number,
  options: ExchangeOptions,
): Promise<void> {
  const { transport, signal, onSize } = options;
  const { head } = response;
  // A range is only requested if there are stored bytes.
  const key = offset > 0 ? (record.current.body as StoredBody).key : await record.startBody(head, transport.store);
  const range = head.status === 206 ? contentRange(head) : undefined;
  if (range && range.length !== record.current.length) await record.save({ length: range.length });
  const { length, request } = record.current;
  const target = { key, offset, length: givesRanges({ ...record.current, head }) ? length : 0 };
  const { size, encodedSize } = await response.storeBody(target, onSize);
  onSize(size);
  if (request.method === 'HEAD' || (range && size === length)) return record.end('success', '', { size });
  // A server may send less than requested: the next request continues.
  if (range?.last === size - 1) return;
  const body = { request, head, size, encodedSize };
  const onBytes = (): void => onSize(size);
  if (!range && (!record.isRepeatable || (await isWhole(body, { transport, signal, onBytes }))))
    return record.end('success', '', { size });
  throw new TransferError('incomplete', `The response ended after ${size}${length > 0 ? ` of ${length}` : ''} bytes.`);
}

/** Ends the record with `bad-status`. The body is not stored; a response with a success status is removed too. */
async function endAsRefused(record: RecordWriter, head: ResponseHead, detail: string): Promise<void> {
  await record.deletePartialBody();
  const uploaded = record.current.requestBody?.byteLength ?? 0;
  await record.save({ head: head.status < 300 ? undefined : head, uploaded, result: 'bad-status', detail });
}

function mismatchDetail({ status }: ResponseHead): string {
  return `The server answered ${status} with a range that does not match.`;
}
