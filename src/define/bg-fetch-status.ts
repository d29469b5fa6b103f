/** Registers `<bg-fetch-status>`. */
import { BgFetchStatusElement } from '../elements/bg-fetch-status.js';

if (!customElements.get('bg-fetch-status')) customElements.define('bg-fetch-status', BgFetchStatusElement);
