/** Registers `<bg-fetch-button>`. */
import { BgFetchButtonElement } from '../elements/button/bg-fetch-button.js';

if (!customElements.get('bg-fetch-button')) customElements.define('bg-fetch-button', BgFetchButtonElement);
