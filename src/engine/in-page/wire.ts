/** Carries facts and commands between all pages and the worker of one scope, this one included. */
import type { RegistrationFacts } from './facts.js';

/** What is said on the wire. Facts are complete, so that a lost one is healed by the next. */
export type Message =
  | { readonly kind: 'added'; readonly uid: string }
  | { readonly kind: 'command'; readonly uid: string; readonly command: Command }
  | { readonly kind: 'facts'; readonly uid: string; readonly facts: RegistrationFacts };

/** What a registration asks of whoever moves its bytes. */
export type Command = 'abort' | 'pause' | 'resume' | 'prioritize' | 'report';

/** What one says on it, all hear. */
export class Wire {
  readonly #channel: BroadcastChannel;

  constructor(scope: string) {
    this.#channel = new BroadcastChannel(`bg-fetch-in-page ${scope}`);
  }

  post(message: Message): void {
    this.#channel.postMessage(message);
    // A channel does not hear itself.
    this.#channel.dispatchEvent(new MessageEvent('message', { data: message }));
  }

  listen(listener: (message: Message) => unknown, options?: { readonly signal: AbortSignal }): void {
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Message>) => listener(data), options);
  }
}
