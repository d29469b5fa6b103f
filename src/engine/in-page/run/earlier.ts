/** Fetches that were started before this page was opened: the site may decide whether the page resumes them. */
import { changeFetch, isActive, type JournalFetch } from '../state/journal.js';

/** Decides whether the page resumes the fetch with this id. */
export type ShouldResume = (id: string) => Promise<boolean>;

/** Decisions of the site by fetch. */
export class ResumeDecisions {
  readonly #decided = new Set<string>();
  readonly #decisions = new Map<string, Promise<void>>();

  /** Returns false if the site must decide first. */
  isDecided(fetch: JournalFetch): boolean {
    return !isActive(fetch) || fetch.paused || this.#decided.has(fetch.uid);
  }

  /** Allows a fetch that got a command of the visitor, without asking the site. */
  decide(uid: string): void {
    this.#decided.add(uid);
  }

  /** Resolves when the site has decided; pauses the fetch if it must not be resumed. */
  ask({ uid, id }: JournalFetch, mayResume: ShouldResume): Promise<void> {
    const decision = this.#decisions.get(uid) ?? this.#ask(uid, id, mayResume).finally(() => this.#decisions.delete(uid));
    this.#decisions.set(uid, decision);
    return decision;
  }

  async #ask(uid: string, id: string, mayResume: ShouldResume): Promise<void> {
    const isWanted = await mayResume(id);
    const pause = (fetch: JournalFetch) => (this.#decided.has(uid) ? undefined : { ...fetch, paused: isActive(fetch) });
    if (!isWanted) await changeFetch(uid, pause);
    this.#decided.add(uid);
  }
}
