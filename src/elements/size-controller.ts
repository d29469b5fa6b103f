/** Asks how large a download will be, when its button is seen and not before. */
import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';

/** What the controller needs of its host. */
export interface SizeQuestion {
  readonly isWanted: () => boolean;
  readonly urls: () => readonly string[];
  readonly ask: (signal: AbortSignal) => Promise<number> | undefined;
  readonly tell: (size: number) => void;
}

/** One answer a page for the same addresses. */
const answers = new Map<string, Promise<number>>();

/** Tells its host the size of what it would download. */
export class SizeController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #question: SizeQuestion;
  #observer: IntersectionObserver | undefined;
  #asked = '';
  #seen = false;

  constructor(host: ReactiveControllerHost & Element, question: SizeQuestion) {
    this.#host = host;
    this.#question = question;
    host.addController(this);
  }

  hostConnected(): void {
    if (isServer) return;
    this.#observer = new IntersectionObserver((entries) => {
      this.#seen = entries.some(({ isIntersecting }) => isIntersecting);
      this.#ask();
    });
    this.#observer.observe(this.#host);
  }

  hostUpdated(): void {
    this.#ask();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#seen = false;
    this.#asked = '';
  }

  #ask(): void {
    if (!this.#seen || !this.#question.isWanted()) return;
    const key = this.#question.urls().join(' ');
    if (key === '' || key === this.#asked) return;
    this.#asked = key;
    let answer = answers.get(key);
    if (!answer) {
      // A question that is on its way is answered for every button that asks it, so none of them may take it back.
      answer = this.#question.ask(AbortSignal.timeout(30_000))?.catch(() => 0) ?? Promise.resolve(0);
      answers.set(key, answer);
    }
    void answer.then((size) => {
      if (this.#asked === key) this.#question.tell(size);
    });
  }
}
