/** Defines `<bg-fetch-list>` and the elements it renders. */
import './bg-fetch-item.js';
import { BgFetchListElement } from '../elements/list/bg-fetch-list.js';

if (!customElements.get('bg-fetch-list')) customElements.define('bg-fetch-list', BgFetchListElement);
