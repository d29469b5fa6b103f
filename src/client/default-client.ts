/** The page's own client, for elements that stand under no provider. */
import { BgFetchClient } from './client.js';

let client: BgFetchClient | undefined;

/** One client a page, made when first asked for. */
export function defaultClient(): BgFetchClient {
  return (client ??= new BgFetchClient());
}
