/** What reads records, for the elements that need no more than that to draw one. */
import { OnDemand } from '../client/on-demand.js';

export const records = new OnDemand(() => import('./record-reader.js'));
