/** `<bg-fetch-provider>`: gives its subtree a client. */
import { ContextProvider } from '@lit/context';
import { css, html, isServer, LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { BgFetchClient, type ClientOptions } from '../client/client.js';
import { defaultClient } from '../client/default-client.js';
import { clientContext, type PageClient } from '../controllers/client-context.js';

/**
 * Shows nothing; the elements inside it, in any shadow tree, use its client.
 *
 * @element bg-fetch-provider
 * @slot - The page, or the part of it that shows downloads.
 * @example
 * ```html
 * <bg-fetch-provider service-worker="/sw.js">
 *   <bg-fetch-list></bg-fetch-list>
 * </bg-fetch-provider>
 * ```
 */
export class BgFetchProviderElement extends LitElement {
  static override styles = css`
    :host {
      display: contents;
    }
  `;

  /** Address of the service worker to register; without it the page's registration is used, without that the page itself remembers. */
  @property({ attribute: 'service-worker' }) serviceWorker?: string;

  /** Scope of that service worker. */
  @property() scope?: string;

  /** Who moves the bytes. */
  @property() engine: 'auto' | 'native' | 'in-page' = 'auto';

  readonly #context = new ContextProvider(this, { context: clientContext });
  #client: PageClient | undefined;
  #byHand = false;

  /** The client of this subtree; set another one to share it or to stand in for it. */
  get client(): PageClient | undefined {
    return this.#client;
  }
  set client(client: PageClient | undefined) {
    this.#byHand = client !== undefined;
    this.#give(client);
  }

  constructor() {
    super();
    // A client that was set before the tag was defined hides the accessor below.
    const early = Object.getOwnPropertyDescriptor(this, 'client')?.value as PageClient | undefined;
    if (early) {
      Reflect.deleteProperty(this, 'client');
      this.client = early;
    }
    this.addController({
      hostConnected: () => {
        if (!isServer && !this.#client) this.#give(this.#create());
      },
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (isServer || !this.hasUpdated || this.#byHand) return;
    if (changed.has('serviceWorker') || changed.has('scope') || changed.has('engine')) this.#give(this.#create());
  }

  protected override render() {
    return html`<slot></slot>`;
  }

  #create(): PageClient {
    const { serviceWorker, scope, engine } = this;
    if (serviceWorker === undefined && scope === undefined && engine === 'auto') return defaultClient();
    const options: ClientOptions = { engine };
    if (serviceWorker !== undefined) options.serviceWorker = serviceWorker;
    if (scope !== undefined) options.scope = scope;
    return new BgFetchClient(options);
  }

  #give(client: PageClient | undefined): void {
    this.#client = client;
    if (!client) return;
    this.#context.setValue(client);
    // What earlier visits left goes on by itself. Where nothing can be stored, the elements say so.
    client.ready.catch(() => this.requestUpdate());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bg-fetch-provider': BgFetchProviderElement;
  }
}
