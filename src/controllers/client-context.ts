/** Finds the client of an element: that of the nearest provider, else the default client of the page. */
import { ContextEvent, createContext } from '@lit/context';
import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { BgFetchClient } from '../client/client.js';
import { defaultClient } from '../client/default-client.js';

/** The part of a client that elements use; tests may provide a fake one. */
export type PageClient = Pick<BgFetchClient, keyof BgFetchClient>;

/** The context key of a provider's client. */
export const clientContext = createContext<PageClient>(Symbol.for('bg-fetch-client'));

const PROVIDER = 'bg-fetch-provider';

/** Holds the client of its host while it is connected, and notifies it of a new one. */
export class ClientController implements ReactiveController {
  /** Undefined while disconnected, on a server, and until an enclosing provider is defined. */
  client: PageClient | undefined;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #changed: () => void;
  #unsubscribe: (() => void) | undefined;
  #isHydrating: boolean;

  constructor(host: ReactiveControllerHost & HTMLElement, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    // The first render must match the server's markup, which was rendered without a client.
    this.#isHydrating = isServer || host.shadowRoot !== null;
    host.addController(this);
  }

  hostConnected(): void {
    if (this.#isHydrating) return;
    this.#request();
    if (this.client) return;
    // A provider that is not defined yet does not answer context requests: repeat the request once it is.
    if (hasUndefinedProvider(this.#host)) {
      void customElements.whenDefined(PROVIDER).then(() => {
        if (!this.#host.isConnected || this.client) return;
        this.#request();
        if (!this.client) this.#setClient(defaultClient());
      });
    } else {
      this.#setClient(defaultClient());
    }
  }

  hostUpdated(): void {
    if (isServer || !this.#isHydrating) return;
    this.#isHydrating = false;
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
        this.#setClient(client);
      },
      true,
    );
    this.#host.dispatchEvent(request);
  }

  #setClient(client: PageClient): void {
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
