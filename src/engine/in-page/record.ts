/** `BackgroundFetchRecord`, as the standard has it (§6.5): the response follows the download while it runs (§5.6). */
import { keepBody, readBody, type StoredBody } from '../../bytes/index.js';
import { sizeAtRest } from '../../bytes/bodies.js';
import type { KeepableRecord } from '../../standard/extras.js';
import { toRequest } from '../../standard/plain-request.js';
import { readRecord, type JournalRecord, type ResponseHead } from './journal.js';

/** Resolves when something about the fetch may have changed. */
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
    // A record that nobody asks for its response is no unhandled rejection.
    this.#responseReady.catch(() => undefined);
  }

  get request(): Request {
    return this.#request;
  }
  get responseReady(): Promise<Response> {
    return this.#responseReady;
  }

  async keep(): Promise<StoredBody> {
    const { uid, index, request } = this.#record;
    const record = await readRecord(uid, index);
    if (record?.result !== 'success' || !record.body) {
      throw new DOMException(`Failed to keep the response to "${request.url}": it is not there as a whole.`, 'InvalidStateError');
    }
    return keepBody(record.body);
  }
}

/** The request of a record, its body included. */
export function requestOf({ request, requestBody }: JournalRecord): Request {
  return toRequest(request, requestBody ? { body: requestBody } : {});
}

async function respond(record: JournalRecord, changed: Changed): Promise<Response> {
  let now: JournalRecord = record;
  while (!now.head && now.result === '') {
    await changed();
    now = await again(now);
  }
  if (!now.head || !isExposed(now)) throw failureOf(now);
  // Like Chromium, and unlike the standard, what came with an error's status is not kept.
  if (now.result === 'bad-status') return toResponse(now.head, new Blob());
  const body = now.result === 'success' && now.body ? await readBody(now.body) : follow(now, changed);
  return toResponse(now.head, body);
}

/** Streams what is at rest, then what comes to rest, to the end of the download. */
function follow(record: JournalRecord, changed: Changed): ReadableStream<Uint8Array> {
  let now = record;
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const started = now.body?.key;
          now = await again(now);
          if (now.body?.key !== started && at > 0) throw new TypeError(`The download of "${now.request.url}" started again.`);
          if (!isExposed(now)) throw failureOf(now);
          const size = now.result === '' ? await sizeNow(now) : (now.body?.size ?? 0);
          if (now.body && size > at) {
            const bytes = await slice({ ...now.body, size }, at);
            at += bytes.byteLength;
            controller.enqueue(bytes);
            return;
          }
          if (now.result !== '') {
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

async function slice(body: StoredBody, at: number): Promise<Uint8Array> {
  const part = await readBody(body, at, Math.min(at + SLICE, body.size));
  return new Uint8Array(await new Response(part).arrayBuffer());
}

async function sizeNow({ body }: JournalRecord): Promise<number> {
  return body ? sizeAtRest(body.key) : 0;
}

async function again(record: JournalRecord): Promise<JournalRecord> {
  return (await readRecord(record.uid, record.index)) ?? { ...record, result: 'aborted' };
}

function isExposed({ result }: JournalRecord): boolean {
  return result === '' || result === 'success' || result === 'bad-status';
}

function failureOf({ result, request, detail }: JournalRecord): DOMException | TypeError {
  if (result === 'aborted') return new DOMException(`The download of "${request.url}" was aborted.`, 'AbortError');
  return new TypeError(`The download of "${request.url}" failed (${result})${detail && `: ${detail}`}`);
}

function toResponse(head: ResponseHead, body: ReadableStream<Uint8Array> | Blob): Response {
  const headers = new Headers(head.headers.map(([name, value]): [string, string] => [name, value]));
  headers.delete('content-range');
  headers.delete('content-length');
  const { status, statusText } = head;
  const response = new Response(NO_BODY.has(status) ? null : body, { status, statusText, headers });
  const { url, type, redirected } = head;
  return Object.defineProperties(response, { url: { value: url }, type: { value: type }, redirected: { value: redirected } });
}

const NO_BODY: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);
