/** Carries facts and commands between all pages and the worker of one scope, this one included. */
import type { RegistrationFacts } from './facts.js';

/** What is said on the wire. Facts are complete, so that a lost one is healed by the next. */
export type Message =
  | { readonly kind: 'added'; readonly uid: string }
  | { readonly kind: 'command'; readonly uid: string; readonly command: Command }
  | { readonly kind: 'facts'; readonly uid: string; readonly facts: RegistrationFacts };

/** What a registration asks of whoever moves its bytes. */
export type Command = 'abort' | 'pause' | 'resume' | 'prioritize' | 'report';

/** One listener a kind of user; a page without BroadcastChannel talks to itself. */
export class Wire {
  readonly #channel: BroadcastChannel | undefined;
  readonly #listeners = new Set<(message: Message) => void>();

  constructor(scope: string) {
    if (typeof BroadcastChannel === 'undefined') return;
    this.#channel = new BroadcastChannel(`bg-fetch-in-page ${scope}`);
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Message>) => this.#hear(data));
  }

  post(message: Message): void {
    this.#channel?.postMessage(message);
    this.#hear(message);
  }

  listen(listener: (message: Message) => void, signal?: AbortSignal): void {
    if (signal?.aborted) return;
    this.#listeners.add(listener);
    signal?.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }

  #hear(message: Message): void {
    for (const listener of [...this.#listeners]) listener(message);
  }
}
