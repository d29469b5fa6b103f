/** The shape both engines have: the standard's manager, called in the page, and a name. */
import type { BackgroundFetchManager } from '../standard/background-fetch.js';

/** `native`: the browser's Background Fetch. `in-page`: the standard's interfaces over `fetch` in the page. */
export type EngineName = 'native' | 'in-page';

/** Moves the bytes; remembers nothing that a page would miss. */
export interface Engine extends BackgroundFetchManager {
  readonly name: EngineName;
}
