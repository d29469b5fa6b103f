/**
 * Compares the first stored bytes with a range of the server. Another origin hides `Content-Encoding`: ranges of a file that is stored compressed
 * there are compressed, but the stored bytes are not (docs/decisions/0014).
 */
import { deleteBody } from '../../../bytes/bodies.js';
import { readBody } from '../../../bytes/read-body.js';
import type { JournalRecord, ResponseHead } from '../state/journal.js';
import type { Transport } from '../transport/transport.js';

/** Number of compared bytes. */
const COMPARED_BYTES = 64;

/** Heads of responses whose ranges have been compared. */
const comparedHeads = new WeakSet<ResponseHead>();

/** Resolves with false if ranges of this response cannot be appended to its stored bytes; rejects if the server cannot be reached. */
export async function givesSameBytes(
  { request, head, body }: JournalRecord,
  { transport, signal }: { readonly transport: Transport; readonly signal: AbortSignal },
): Promise<boolean> {
  if (!head || !body || head.type !== 'cors' || comparedHeads.has(head)) return true;
  const range: [string, string] = ['Range', `bytes=0-${COMPARED_BYTES - 1}`];
  const send = (headers: [string, string][]) => transport.send(request, { requestBody: undefined, headers, signal });
  const answer = await send([range]).catch(() => undefined);
  if (!answer) {
    // Chromium 156 rejects a compressed range (docs/decisions/0014). A request without a range shows whether the server is reachable.
    (await send([])).cancel();
    return false;
  }
  const key = crypto.randomUUID();
  try {
    // Other statuses are handled when the missing bytes are requested.
    if (answer.head.status !== 206) return true;
    const { size } = await answer.storeBody({ key, offset: 0, length: 0 }, () => undefined);
    const [first, there] = await Promise.all([bytesOf({ ...body, key }, size), bytesOf(body, size)]);
    const isSame = size > 0 && size <= COMPARED_BYTES && first.every((byte, index) => byte === there[index]);
    if (isSame) comparedHeads.add(head);
    return isSame;
  } catch {
    // A part of a compressed body cannot be decoded.
    signal.throwIfAborted();
    return false;
  } finally {
    answer.cancel();
    await deleteBody({ store: transport.store, key, size: 0 });
  }
}

async function bytesOf(body: NonNullable<JournalRecord['body']>, size: number): Promise<Uint8Array> {
  return new Uint8Array(await new Response(await readBody(body, 0, size)).arrayBuffer());
}
