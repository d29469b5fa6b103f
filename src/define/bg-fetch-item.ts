/** Registers `<bg-fetch-item>`. */
import { BgFetchItemElement } from '../elements/item/bg-fetch-item.js';

if (!customElements.get('bg-fetch-item')) customElements.define('bg-fetch-item', BgFetchItemElement);
