/** Brings one response to rest, whatever it takes: ranges, retries, waits ("complete a record", standard §5.2). */
import { deleteBody, sizeAtRest } from '../../bytes/bodies.js';
import { writeRecord, type JournalRecord, type RecordResult } from './journal.js';
import { NetworkFault, StorageFault, type Exchange, type Mover } from './mover.js';
import { outgoing } from './outgoing.js';
import { completeLength, headersOf, isResumable, judge, rangeHeaders } from './resume.js';
import { backOff, MAX_ATTEMPTS, retryAfter, TEMPORARY_STATUS, waitForNetwork, waitUntil } from './retry.js';
import type { Release } from './schedule.js';

/** What a transfer tells while it runs. */
export interface TransferNews {
  /** The record as it is now, in the journal too. */
  record(record: JournalRecord): void;
  size(size: number): void;
  waits(reason: 'network' | 'retry' | 'turn', until?: number): void;
  moves(): void;
}

/** Where a transfer gets its means from. */
export interface TransferMeans {
  readonly mover: Mover;
  takeTurn(signal: AbortSignal): Promise<Release>;
  readonly news: TransferNews;
}

const SENT_BEFORE = 'The page closed while the request was under way, and it must not be sent twice.';

/** One record's way to its end. Aborting the signal stops it where it is, with its bytes kept. */
export class Transfer {
  #record: JournalRecord;
  readonly #means: TransferMeans;
  readonly #signal: AbortSignal;
  #attempts = 0;
  #best = 0;
  #restarted = false;

  constructor(record: JournalRecord, means: TransferMeans, signal: AbortSignal) {
    this.#record = record;
    this.#means = means;
    this.#signal = signal;
  }

  /** Resolves with how the record ended; rejects with the signal's reason when that stopped it. */
  async run(): Promise<JournalRecord> {
    if (this.#record.sent && this.#record.result === '') await this.#end('fetch-error', SENT_BEFORE);
    while (this.#record.result === '') {
      try {
        await this.#attempt();
      } catch (error) {
        this.#signal.throwIfAborted();
        await this.#failed(error);
      }
    }
    return this.#record;
  }

  async #attempt(): Promise<void> {
    if (this.#record.retryAt) await this.#wait('retry', this.#record.retryAt);
    if (!navigator.onLine) await this.#waitForNetwork();
    this.#means.news.waits('turn');
    const release = await this.#means.takeTurn(this.#signal);
    try {
      await this.#exchange();
    } finally {
      release();
    }
  }

  async #exchange(): Promise<void> {
    const { mover, news } = this.#means;
    const offset = await this.#offset();
    if (offset > 0 && offset === this.#record.length) return this.#complete(offset);
    news.moves();
    news.size(offset);
    const { head: previous, request } = this.#record;
    if (!isRepeatable(request.method)) await this.#save({ sent: true });
    const extra = offset > 0 && previous ? rangeHeaders(previous, offset) : [];
    const exchange = await mover.send(outgoing(this.#record, extra), this.#signal);
    const verdict = judge(exchange.head, previous, offset);
    if (TEMPORARY_STATUS.has(exchange.head.status) && (await this.#askedToWait(exchange))) return;
    if (verdict === 'restart' || verdict === 'refuse') {
      exchange.cancel();
      if (verdict === 'refuse' || this.#restarted) return this.#refuse(exchange);
      this.#restarted = true;
      return this.#drop();
    }
    if (verdict === 'replace') await this.#replace(exchange);
    const at = verdict === 'append' ? offset : 0;
    const { body } = this.#record;
    if (!body) return;
    const size = await exchange.pour(body.key, at, (now) => this.#grown(now));
    await this.#poured(exchange, size);
  }

  /** How many bytes can be built on; a part that cannot be added to is dropped. */
  async #offset(): Promise<number> {
    const { body } = this.#record;
    if (!body) return 0;
    const size = await sizeAtRest(body.key);
    if (size > 0 && body.store === this.#means.mover.store && isResumable(this.#record)) return size;
    await this.#drop();
    return 0;
  }

  async #drop(): Promise<void> {
    const { body } = this.#record;
    await this.#save({ head: undefined, body: undefined, length: 0 });
    if (body) await deleteBody(body);
    this.#means.news.size(0);
  }

  async #replace(exchange: Exchange): Promise<void> {
    if (this.#record.body) await this.#drop();
    const { requestBody } = this.#record;
    await this.#save({
      head: exchange.head,
      body: { store: this.#means.mover.store, key: crypto.randomUUID(), size: 0 },
      length: completeLength(exchange.head),
      uploaded: requestBody?.byteLength ?? 0,
    });
  }

  #grown(size: number): void {
    if (size > this.#best) {
      this.#best = size;
      this.#attempts = 0;
    }
    this.#means.news.size(size);
  }

  async #poured({ head }: Exchange, size: number): Promise<void> {
    this.#grown(size);
    const { length, request } = this.#record;
    const hasBody = request.method !== 'HEAD' && head.status !== 204;
    if (length > 0 && hasBody && size !== length) {
      if (size < length) throw new NetworkFault(`The response ended after ${size} of ${length} bytes.`);
      return this.#end('fetch-error', `The response had ${size} bytes where ${length} were announced.`, size);
    }
    if (head.status < 200 || head.status > 299) return this.#end('bad-status', `The server answered ${head.status}.`, size);
    await this.#complete(size);
  }

  async #complete(size: number): Promise<void> {
    await this.#end('success', '', size);
  }

  async #refuse({ head }: Exchange): Promise<void> {
    await this.#end('fetch-error', `The server answered ${head.status} with a range that does not fit what was asked.`);
  }

  /** True when the server's "not now" is heeded. */
  async #askedToWait(exchange: Exchange): Promise<boolean> {
    if (!isRepeatable(this.#record.request.method) || ++this.#attempts >= MAX_ATTEMPTS) return false;
    exchange.cancel();
    const now = Date.now();
    await this.#save({ retryAt: retryAfter(headersOf(exchange.head).get('retry-after'), now) ?? now + backOff(this.#attempts) });
    return true;
  }

  async #failed(error: unknown): Promise<void> {
    if (error instanceof StorageFault) {
      await this.#end(error.quota ? 'quota-exceeded' : 'fetch-error', error.message);
    } else if (!(error instanceof NetworkFault)) {
      throw error;
    } else if (!isRepeatable(this.#record.request.method)) {
      await this.#end('fetch-error', error.message);
    } else if (!navigator.onLine) {
      await this.#waitForNetwork();
    } else if (++this.#attempts >= MAX_ATTEMPTS) {
      await this.#end('fetch-error', error.message);
    } else {
      await this.#wait('retry', Date.now() + backOff(this.#attempts));
    }
  }

  async #wait(reason: 'retry', until: number): Promise<void> {
    this.#means.news.waits(reason, until);
    await waitUntil(until, this.#signal);
    if (this.#record.retryAt) await this.#save({ retryAt: undefined });
  }

  async #waitForNetwork(): Promise<void> {
    this.#means.news.waits('network');
    await waitForNetwork(this.#signal);
  }

  async #end(result: RecordResult, detail: string, size?: number): Promise<void> {
    const { body } = this.#record;
    const rest = body && { ...body, size: size ?? (await sizeAtRest(body.key)) };
    await this.#save({ result, detail, ...(rest && { body: rest }) });
  }

  async #save(change: Partial<JournalRecord>): Promise<void> {
    this.#record = { ...this.#record, ...change };
    await writeRecord(this.#record);
    this.#means.news.record(this.#record);
  }
}

/** True when sending the request again changes nothing on the server (standard §5.2: the others are sent once). */
function isRepeatable(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
