/** `<bg-fetch-provider>`: provides a client to its subtree. */
import { ContextProvider } from '@lit/context';
import { css, html, isServer, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { sharedClient } from '../client/default-client.js';
import { clientContext, type PageClient } from '../controllers/client-context.js';
import { MarkupUrl } from '../standard/script-url.js';
import { parseUrl } from '../standard/older-browsers.js';

/**
 * Renders nothing. The elements inside it, in any shadow tree, use its client.
 *
 * @element bg-fetch-provider
 * @slot - The page, or the part of it with downloads.
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

  /**
   * URL of the service worker to register; by default the registration of the page is used, and without one the manager runs in the
   * page. Under Trusted Types the attribute accepts `/service-worker.js` only; set any other URL as a property.
   */
  @property({ attribute: 'service-worker' }) serviceWorker?: string;

  /** Scope of that service worker. */
  @property() scope?: string;

  /** Engine of new downloads. */
  @property() engine: 'auto' | 'native' | 'in-page' = 'auto';

  readonly #context = new ContextProvider(this, { context: clientContext });
  #client: PageClient | undefined;
  #hasOwnClient = false;
  #createdWith = '';

  /** Client of this subtree; can be set to a shared or fake one. */
  get client(): PageClient | undefined {
    return this.#client;
  }
  set client(client: PageClient | undefined) {
    this.#hasOwnClient = client !== undefined;
    this.#provide(client);
  }

  constructor() {
    super();
    // A client that was set before the element was defined hides the accessor below.
    const earlyClient = Object.getOwnPropertyDescriptor(this, 'client')?.value as PageClient | undefined;
    if (earlyClient) {
      Reflect.deleteProperty(this, 'client');
      this.client = earlyClient;
    }
    this.addController({
      hostConnected: () => {
        if (!isServer && !this.#client) this.#provide(this.#create());
      },
    });
  }

  protected override willUpdate(): void {
    // Properties may be set after the element is connected and before its first update.
    if (!isServer && !this.#hasOwnClient && this.#client && this.#createdWith !== this.#clientOptions)
      this.#provide(this.#create());
  }

  protected override render() {
    return html`<slot></slot>`;
  }

  /** Options of the client, compared to detect changes. */
  get #clientOptions(): string {
    return JSON.stringify([this.serviceWorker, this.scope, this.engine]);
  }

  #create(): PageClient {
    this.#createdWith = this.#clientOptions;
    const { serviceWorker, scope, engine } = this;
    return sharedClient({
      serviceWorker: serviceWorker === undefined ? undefined : this.#scriptUrl(serviceWorker),
      scope,
      engine,
    });
  }

  /** Returns the URL of the worker, marked if it is from markup. */
  #scriptUrl(address: string): string | URL {
    const isFromMarkup = this.getAttribute('service-worker') === address && parseUrl(address, this.baseURI);
    return isFromMarkup ? new MarkupUrl(address, this.baseURI) : address;
  }

  #provide(client: PageClient | undefined): void {
    this.#client = client;
    if (!client) return;
    this.#context.setValue(client);
    // Downloads of earlier visits are resumed. Without storage the elements show it.
    client.ready.catch(() => this.requestUpdate());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bg-fetch-provider': BgFetchProviderElement;
  }
}
