/** Observes the link inside a button. */
import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';

/** Updates its host when the link inside it, its address or its text changes; a `slotchange` event reports only the first. */
export class LinkObserver implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #observer: MutationObserver | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    if (isServer) return;
    this.#observer = new MutationObserver(() => this.#host.requestUpdate());
    this.#observer.observe(this.#host, { childList: true, characterData: true, attributeFilter: ['href'], subtree: true });
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }
}
