/** Registers `<bg-fetch-storage>`. */
import { BgFetchStorageElement } from '../elements/storage/bg-fetch-storage.js';

if (!customElements.get('bg-fetch-storage')) customElements.define('bg-fetch-storage', BgFetchStorageElement);
