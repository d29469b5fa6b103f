/** One active record, kept in memory, in the journal and in the job's progress. */
import { deleteBody, committedSize, commitSize } from '../../../bytes/bodies.js';
import { intactSize } from '../../../bytes/intact-size.js';
import type { StoredBody } from '../../../bytes/stored-body.js';
import type { FailureCause } from '../../../standard/extras.js';
import type { ReportProgress } from '../state/fetch-progress.js';
import { writeRecord, type JournalRecord, type RecordResult, type ResponseHead } from '../state/journal.js';
import { completeLength, isResumable } from '../http/resume.js';

interface EndOptions {
  readonly size?: number;
  readonly cause?: FailureCause | undefined;
}

/** Writes every change to the journal before it is reported. */
export class RecordWriter {
  readonly #report: ReportProgress;
  #current: JournalRecord;

  constructor(record: JournalRecord, report: ReportProgress) {
    this.#current = record;
    this.#report = report;
  }

  get current(): JournalRecord {
    return this.#current;
  }

  /** True for a safe request, which can be repeated; the standard sends others once. */
  get isRepeatable(): boolean {
    const { method } = this.#current.request;
    return method === 'GET' || method === 'HEAD';
  }

  async save(change: Partial<JournalRecord>): Promise<void> {
    const record = { ...this.#current, ...change };
    await writeRecord(record);
    this.#current = record;
    this.#report({ record });
  }

  /** Resolves with the number of stored bytes that can be resumed; deletes others. */
  async offset(store: StoredBody['store']): Promise<number> {
    const { body } = this.#current;
    if (!body) return 0;
    const size = body.store === store && isResumable(this.#current) ? await intactSize(body) : 0;
    if (size > 0) await commitSize({ ...body, size });
    else await this.deletePartialBody();
    return size;
  }

  /** Deletes the partial response. */
  async deletePartialBody(): Promise<void> {
    const { body } = this.#current;
    await this.save({ head: undefined, body: undefined, length: 0 });
    if (body) await deleteBody(body);
    this.#report({ size: 0 });
  }

  /** Starts to store a response; resolves with the key of its body. */
  async startBody(head: ResponseHead, store: StoredBody['store']): Promise<string> {
    if (this.#current.body) await this.deletePartialBody();
    const key = crypto.randomUUID();
    const uploaded = this.#current.requestBody?.byteLength ?? 0;
    await this.save({ head, body: { store, key, size: 0 }, length: completeLength(head), uploaded });
    return key;
  }

  /** Ends the record; `size` is the stored size by default. */
  async end(result: RecordResult, detail: string, { size, cause }: EndOptions = {}): Promise<void> {
    const { body } = this.#current;
    const rest = body && { ...body, size: size ?? (await committedSize(body.key)) };
    // The last reported size may be too small, or larger than the stored one.
    this.#report({ size: rest?.size ?? 0 });
    await this.save({ result, detail, cause, body: rest });
  }
}
