/** Room to write down that there is none. */
import { deleteBody, listBodies } from '../../bytes/bodies.js';
import { BYTES } from '../../bytes/database.js';
import { requested } from '../../bytes/indexed-db.js';
import type { StoredBody } from '../../bytes/stored-body.js';

/**
 * Gives up a body when there is no room; throws any other error again. WebKitGTK counts what is deleted as used as long as its database
 * is there: where nothing else is in it, it goes too.
 */
export async function makeRoom(error: unknown, body: StoredBody | undefined): Promise<void> {
  if ((error as Error).name !== 'QuotaExceededError') throw error;
  const isAlone = (await listBodies()).every(({ key }) => key === body?.key);
  if (isAlone && body?.store !== 'opfs') await requested(indexedDB.deleteDatabase(BYTES));
  else if (body) await deleteBody(body);
}
