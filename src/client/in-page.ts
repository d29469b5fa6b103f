/** The in-page engine, loaded when the page may need it. */
import { OnDemand } from './on-demand.js';

export const inPageEngine = new OnDemand(() => import('../engine/in-page/index.js'), 'the in-page engine');
