/** `BackgroundFetchRecord` (§6.5): the response streams while the download is active (§5.6). */
import { readRow } from '../../../bytes/bodies.js';
import { keepBody, readBody, type StoredBody } from '../../../bytes/index.js';
import type { KeepableRecord } from '../../../standard/extras.js';
import { toRequest } from '../../../standard/plain-request.js';
import { sizeOf } from '../state/fetch-progress.js';
import { readRecord, type JournalRecord } from '../state/journal.js';

/** Resolves when the fetch may have changed. */
export type Changed = () => Promise<void>;

/** One request and its response. */
export class InPageRecord implements KeepableRecord {
  readonly #record: JournalRecord;
  readonly #request: Request;
  readonly #responseReady: Promise<Response>;

  constructor(record: JournalRecord, changed: Changed) {
    this.#record = record;
    this.#request = requestOf(record);
    this.#responseReady = respond(record, changed);
    // Without this, an unused response would be an unhandled rejection.
    this.#responseReady.catch(() => undefined);
  }

  get request(): Request {
    return this.#request;
  }
  get responseReady(): Promise<Response> {
    return #responseReady in Object(this) ? this.#responseReady : Promise.reject(new TypeError('Illegal invocation'));
  }

  async keep(): Promise<StoredBody> {
    const { request } = this.#record;
    const record = await readRecord(this.#record);
    if (record?.result !== 'success' || !record.body) {
      throw new DOMException(`Failed to keep "${request.url}": it is not there as a whole.`, 'InvalidStateError');
    }
    return keepBody(record.body);
  }
}

export function requestOf({ request, requestBody }: JournalRecord): Request {
  return toRequest(request, requestBody ? { body: requestBody } : {});
}

async function respond(record: JournalRecord, changed: Changed): Promise<Response> {
  let now = record;
  while (!now.head && now.result === '') {
    await changed();
    now = await readCurrent(now);
  }
  const { head, result, body } = now;
  if (!head || !isExposed(now)) throw failureOf(now);
  const { url, type, redirected, status, statusText } = head;
  const headers = new Headers(head.headers);
  headers.delete('content-range');
  headers.delete('content-length');
  // As in Chromium 156, unlike the standard, the body of an error status is not kept (docs/decisions/0016).
  const isEmpty = result === 'bad-status' || status === 204 || status === 205;
  const bytes = isEmpty ? null : result === 'success' && body ? await readBody(body) : follow(now, changed);
  const response = new Response(bytes, { status, statusText, headers });
  return Object.defineProperties(response, { url: { value: url }, type: { value: type }, redirected: { value: redirected } });
}

/** Streams the stored bytes and all later ones, to the end of the download. */
function follow(record: JournalRecord, changed: Changed): ReadableStream<Uint8Array> {
  let now = record;
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const key = now.body?.key;
          now = await readCurrent(now);
          const { body, result } = now;
          if (!isExposed(now)) throw failureOf(now);
          if (at > 0 && body?.key !== key) throw failureOf({ ...now, detail: 'it started again' });
          const end = Math.min(await sizeOf(now), at + SLICE);
          if (body && end > at) {
            const part = new Response(await readBody({ ...body, size: end }, at));
            controller.enqueue(new Uint8Array(await part.arrayBuffer()));
            at = end;
            return;
          }
          if (result !== '') {
            controller.close();
            return;
          }
          await changed();
        }
      },
    },
    { highWaterMark: 0 },
  );
}

const SLICE = 1024 * 1024;

/** Reads the record again. After its fetch has settled only a kept body is left. */
async function readCurrent(record: JournalRecord): Promise<JournalRecord> {
  const now = await readRecord(record);
  if (now) return now;
  const { body } = record;
  const row = body && (await readRow(body.key));
  if (body && row?.kept) return { ...record, result: 'success', body: { ...body, size: row.size } };
  return { ...record, result: 'aborted', detail: 'its bytes were deleted at the end of the download' };
}

function isExposed({ result }: JournalRecord): boolean {
  return result === '' || result === 'success' || result === 'bad-status';
}

function failureOf({ result, request, detail }: JournalRecord): Error {
  const message = `Failed to download "${request.url}": ${detail || result}`;
  return result === 'aborted' ? new DOMException(message, 'AbortError') : new TypeError(message);
}
