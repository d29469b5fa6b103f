/** Asks the site before its page resumes a download of an earlier visit. */
import type { FetchRecord } from '../manager/record.js';

/**
 * Decides whether a page resumes a download that was started before the page was opened. `false`, or a promise of it, leaves it paused until
 * the visitor resumes it; any other value resumes it. If the hook throws, the download stays paused and the error is reported.
 */
export type Resume = (record: FetchRecord) => unknown;

/** Decisions of the site, one per page and download. */
export class Consent {
  readonly #resume: Resume | undefined;
  readonly #answers = new Map<string, Promise<boolean>>();

  constructor(resume: Resume | undefined) {
    this.#resume = resume;
  }

  /** Resolves with true if this page may resume the download. */
  ask(record: FetchRecord): Promise<boolean> {
    const { id, startedAt } = record;
    if (!this.#resume || startedAt >= performance.timeOrigin) return Promise.resolve(true);
    const attempt = `${startedAt} ${id}`;
    const answer = this.#answers.get(attempt) ?? this.#ask(record, this.#resume);
    this.#answers.set(attempt, answer);
    return answer;
  }

  async #ask(record: FetchRecord, resume: Resume): Promise<boolean> {
    try {
      return (await resume(record)) !== false;
    } catch (error) {
      reportError(error);
      return false;
    }
  }
}
