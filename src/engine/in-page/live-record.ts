/** One record on its way: what it is now, in memory, in the journal, and for whoever watches. */
import { deleteBody, sizeAtRest, vouch } from '../../bytes/bodies.js';
import { soundSize } from '../../bytes/mark.js';
import type { StoredBody } from '../../bytes/stored-body.js';
import type { Tell } from './facts.js';
import { writeRecord, type JournalRecord, type RecordResult, type ResponseHead } from './journal.js';
import { completeLength, isResumable } from './resume.js';

/** Every change goes to the journal before it is told. */
export class LiveRecord {
  readonly #tell: Tell;
  #now: JournalRecord;

  constructor(record: JournalRecord, tell: Tell) {
    this.#now = record;
    this.#tell = tell;
  }

  get now(): JournalRecord {
    return this.#now;
  }

  /** True when sending the request again changes nothing on the server; the standard sends the others once. */
  get isRepeatable(): boolean {
    const { method } = this.#now.request;
    return method === 'GET' || method === 'HEAD';
  }

  async save(change: Partial<JournalRecord>): Promise<void> {
    const record = { ...this.#now, ...change };
    await writeRecord(record);
    this.#now = record;
    this.#tell({ record });
  }

  /** How many bytes in this store can be built on, vouched for; a part that cannot be is dropped. */
  async offset(store: StoredBody['store']): Promise<number> {
    const { body } = this.#now;
    if (!body) return 0;
    const size = body.store === store && isResumable(this.#now) ? await soundSize(body) : 0;
    if (size > 0) await vouch({ ...body, size });
    else await this.drop();
    return size;
  }

  /** Forgets the response that came so far. */
  async drop(): Promise<void> {
    const { body } = this.#now;
    await this.save({ head: undefined, body: undefined, length: 0 });
    if (body) await deleteBody(body);
    this.#tell({ size: 0 });
  }

  /** Takes a response from its first byte on; gives the name its body rests under. */
  async begin(head: ResponseHead, store: StoredBody['store']): Promise<string> {
    if (this.#now.body) await this.drop();
    const key = crypto.randomUUID();
    const uploaded = this.#now.requestBody?.byteLength ?? 0;
    await this.save({ head, body: { store, key, size: 0 }, length: completeLength(head), uploaded });
    return key;
  }

  /** Ends the record; `size` is what is at rest unless given. */
  async end(result: RecordResult, detail: string, size?: number): Promise<void> {
    const { body } = this.#now;
    const rest = body && { ...body, size: size ?? (await sizeAtRest(body.key)) };
    // What came last may not be told yet, or not be at rest.
    this.#tell({ size: rest?.size ?? 0 });
    await this.save({ result, detail, body: rest });
  }
}
