/** Registers `<bg-fetch-indicator>` and the elements it draws. */
import './bg-fetch-list.js';
import { BgFetchIndicatorElement } from '../elements/indicator/bg-fetch-indicator.js';

if (!customElements.get('bg-fetch-indicator')) customElements.define('bg-fetch-indicator', BgFetchIndicatorElement);
