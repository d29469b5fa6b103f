/** Registers `<bg-fetch-list>` and the elements it draws. */
import './bg-fetch-item.js';
import { BgFetchListElement } from '../elements/bg-fetch-list.js';

if (!customElements.get('bg-fetch-list')) customElements.define('bg-fetch-list', BgFetchListElement);
