/** Registers `<bg-fetch-progress>`. */
import { BgFetchProgressElement } from '../elements/bg-fetch-progress.js';

if (!customElements.get('bg-fetch-progress')) customElements.define('bg-fetch-progress', BgFetchProgressElement);
