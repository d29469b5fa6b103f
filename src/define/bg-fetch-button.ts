/** Registers `<bg-fetch-button>`. */
import { BgFetchButtonElement } from '../elements/bg-fetch-button.js';

if (!customElements.get('bg-fetch-button')) customElements.define('bg-fetch-button', BgFetchButtonElement);
