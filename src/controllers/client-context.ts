/** How an element finds its client: by context from a provider above it, else the page's own. */
import { ContextEvent, createContext } from '@lit/context';
import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { BgFetchClient } from '../client/client.js';
import { defaultClient } from '../client/default-client.js';

/** What elements ask of a client; a puppet may stand in for the real one. */
export type PageClient = Pick<BgFetchClient, keyof BgFetchClient>;

/** The key under which a provider offers its client. */
export const clientContext = createContext<PageClient>(Symbol.for('bg-fetch-client'));

const PROVIDER = 'bg-fetch-provider';

/** Holds the client of its host from connect to disconnect, and says when it becomes another one. */
export class ClientController implements ReactiveController {
  /** Undefined while not connected, on a server, and until a provider above is defined. */
  client: PageClient | undefined;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #changed: () => void;
  #unsubscribe: (() => void) | undefined;
  #isHeld: boolean;

  constructor(host: ReactiveControllerHost & HTMLElement, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    // The first render over a server's markup must come out as the server's, which had no client.
    this.#isHeld = isServer || host.shadowRoot !== null;
    host.addController(this);
  }

  hostConnected(): void {
    if (this.#isHeld) return;
    this.#request();
    if (this.client) return;
    // A provider that is not defined yet hears nothing: ask again when it does.
    if (hasUndefinedProvider(this.#host)) {
      void customElements.whenDefined(PROVIDER).then(() => {
        if (!this.#host.isConnected || this.client) return;
        this.#request();
        if (!this.client) this.#take(defaultClient());
      });
    } else {
      this.#take(defaultClient());
    }
  }

  hostUpdated(): void {
    if (isServer || !this.#isHeld) return;
    this.#isHeld = false;
    this.hostConnected();
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.client = undefined;
  }

  #request(): void {
    const request = new ContextEvent(
      clientContext,
      this.#host,
      (client, unsubscribe) => {
        if (unsubscribe !== this.#unsubscribe) this.#unsubscribe?.();
        this.#unsubscribe = unsubscribe;
        this.#take(client);
      },
      true,
    );
    this.#host.dispatchEvent(request);
  }

  #take(client: PageClient): void {
    if (client === this.client) return;
    this.client = client;
    this.#changed();
  }
}

function hasUndefinedProvider(element: Element): boolean {
  if (customElements.get(PROVIDER)) return false;
  for (let node: Node | null = element; node;) {
    if (node instanceof Element && node.localName === PROVIDER) return true;
    node =
      node instanceof Element && node.assignedSlot ? node.assignedSlot : node instanceof ShadowRoot ? node.host : node.parentNode;
  }
  return false;
}
