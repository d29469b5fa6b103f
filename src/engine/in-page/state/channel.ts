/** Channel of messages between all pages and the worker of one scope, the sender included. */
import { isMessage, type Command, type Message } from './channel-schema.js';

export type { Command, Message };

/** A `BroadcastChannel` that also delivers to its sender. */
export class FetchChannel {
  readonly #channel: BroadcastChannel;

  constructor(scope: string) {
    this.#channel = new BroadcastChannel(`bg-fetch-in-page ${scope}`);
  }

  post(message: Message): void {
    this.#channel.postMessage(message);
    // A `BroadcastChannel` does not deliver to itself.
    this.#channel.dispatchEvent(new MessageEvent('message', { data: message }));
  }

  listen(listener: (message: Message) => unknown, options?: { readonly signal: AbortSignal }): void {
    this.#channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => isMessage(data) && listener(data), options);
  }
}
