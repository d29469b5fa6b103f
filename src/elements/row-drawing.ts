/** What draws a row, for the row itself and for the list that will have some. */
import { OnDemand } from '../client/on-demand.js';

export const rowDrawing = new OnDemand(() => import('./row.js'));
