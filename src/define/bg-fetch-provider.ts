/** Registers `<bg-fetch-provider>`. */
import { BgFetchProviderElement } from '../elements/bg-fetch-provider.js';

if (!customElements.get('bg-fetch-provider')) customElements.define('bg-fetch-provider', BgFetchProviderElement);
