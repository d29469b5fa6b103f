/** What the end of a fetch leaves behind: its good files stored, its record at `done`, `failed` or `aborted`. */
import type { BackgroundFetchRecord, BackgroundFetchRegistration } from '../standard/background-fetch.js';
import { isControllable, type FileProgress } from '../standard/extras.js';
import { toPlainRequest } from '../standard/plain-request.js';
import { readRecord } from './database.js';
import { alone, whileStoring, write } from './ledger.js';
import { isActive, type FetchRecord } from './record.js';
import type { Policy } from './policy.js';
import { storeResponse, unverifiedOf } from './response-store.js';
import * as to from './transitions.js';

/**
 * Takes the end of a fetch of either engine, and gives back what became of it; undefined when it is to be remembered no more. May be told
 * of the same end twice.
 */
export function settle(registration: BackgroundFetchRegistration, policy: Policy): Promise<FetchRecord | undefined> {
  return alone(registration.id, async () => {
    const known = await readRecord(registration.id);
    if (registration.failureReason === 'aborted') {
      // The page may have said so before, and may have begun it again with the other engine.
      const isThis = known && isActive(known) && (known.engine === 'in-page') === isControllable(registration);
      return isThis ? write(to.aborted(known, Date.now())) : known;
    }
    const record = known ?? (await adopted(registration));
    if (!record) return undefined;
    // What came is at rest by now, whatever a page has seen of it.
    const seen = await write(to.saving(to.noted(record, record.kept + registration.downloaded, 0), Date.now()));
    return write(await whileStoring(() => ended(seen, registration, policy)));
  });
}

/** A record for a fetch that was started beside the client, as far as its registration tells; none where it was forgotten meanwhile. */
export async function adopted(registration: BackgroundFetchRegistration): Promise<FetchRecord | undefined> {
  const records = await registration.matchAll();
  if (records.length === 0) return undefined;
  const requests = await Promise.all(records.map(({ request }) => toPlainRequest(request.clone())));
  const engine = isControllable(registration) ? 'in-page' : 'native';
  const { id, downloaded, downloadTotal } = registration;
  const plan = { id, title: id, icons: [], requests, downloadTotal, engine } as const;
  return to.noted(to.planned(plan, Date.now()), downloaded, 0);
}

async function ended(record: FetchRecord, registration: BackgroundFetchRegistration, policy: Policy): Promise<FetchRecord> {
  const { failureReason } = registration;
  const files = [...record.files];
  let failure: to.Failure = {
    reason: failureReason || 'fetch-error',
    detail: isControllable(registration) ? registration.failureDetail : undefined,
  };
  try {
    // A response that grew beyond its limit reads as an empty success (Chromium): none of these can be trusted.
    if (failureReason !== 'download-total-exceeded') await store(record, await registration.matchAll(), files, policy);
  } catch (error) {
    failure = to.failureOf(error);
  }
  return concluded(record, files, failure);
}

/** What becomes of a download that moves no more: whole, whole but to be held against its hashes, or failed. */
export async function concluded(record: FetchRecord, files: readonly FileProgress[], failure: to.Failure): Promise<FetchRecord> {
  if (!files.every(({ state }) => state === 'done')) return to.failed(record, files, failure, Date.now());
  const end = (await unverifiedOf(record.id)).length > 0 ? to.verifying : to.done;
  return end(record, files, Date.now());
}

/** Stores every response that is whole and good, and writes into `files` how each fared. Records come in any order (Chromium). */
async function store(
  { id, requests, files: before }: FetchRecord,
  responses: readonly BackgroundFetchRecord[],
  files: FileProgress[],
  policy: Policy,
): Promise<void> {
  const left = [...responses];
  for (const [index, file] of before.entries()) {
    const { method = 'GET', integrity = '' } = requests[index] ?? {};
    const at = left.findIndex(({ request }) => request.url === file.url && request.method === method);
    const [found] = at < 0 ? [] : left.splice(at, 1);
    if (!found || file.state === 'done') continue;
    // A failed record rejects its response (`UnknownError` in Chromium): that is the fact, not an error.
    const response = await found.responseReady.catch(() => undefined);
    const status = response?.status ?? 0;
    if (!response?.ok) {
      files[index] = { ...file, state: 'failed', status };
    } else if (await policy.store?.(response.clone(), { id, index, request: found.request })) {
      files[index] = { ...file, state: 'done', status, elsewhere: true };
    } else {
      const size = await storeResponse(id, index, found, integrity);
      files[index] = { ...file, state: 'done', status, downloaded: size, downloadTotal: size };
    }
  }
}
