/** Starts a fetch: checks the arguments, writes the journal and notifies the leader (standard §6.3.1). */
import type {
  BackgroundFetchOptions,
  BackgroundFetchRegistration,
  BackgroundFetchRequests,
} from '../../standard/background-fetch.js';
import { toPlainRequest } from '../../standard/plain-request.js';
import type { InPageHost } from './delivery/event-host.js';
import { addFetch, type JournalFetch, type JournalRecord } from './state/journal.js';
import { toPermitted } from './http/check-request.js';
import { findBadPort, policyRefusal } from './http/diagnose.js';
import { isBlockedByPolicy, isMixed } from './http/csp.js';
import { requireRoom } from './quota.js';
import type { Registry } from './api/registry.js';

/** Reason why a second fetch with the same id is rejected. */
const ID_TAKEN = 'a fetch with this id is already active. Abort it, or use another id';

/** Starts a fetch for `host`; rejects as the standard defines. */
export async function startFetch(
  host: InPageHost,
  registry: Registry,
  id: string,
  requests: BackgroundFetchRequests,
  { title = '', icons = [], downloadTotal = 0 }: BackgroundFetchOptions = {},
): Promise<BackgroundFetchRegistration> {
  const list = [requests].flat<BackgroundFetchRequests[]>();
  if (id === '') throw refusal(id, 'its id is empty. Give it one');
  if (list.length === 0) throw refusal(id, 'there is no request. Pass at least one');
  const permitted = list.map((input) => permit(id, input));
  if (!host.isActive) throw refusal(id, 'the registration has no active worker');
  requirePorts(id, permitted);
  await requirePolicy(id, permitted);
  const { scope } = host;
  if (await registry.get(id)) throw refusal(id, ID_TAKEN);
  await requireRoom(id, downloadTotal);
  const uid = crypto.randomUUID();
  const records = await Promise.all(permitted.map((request, index) => toRecord(uid, index, request)));
  const uploadTotal = records.reduce((sum, { requestBody }) => sum + (requestBody?.byteLength ?? 0), 0);
  const fetch: JournalFetch = {
    ...{ uid, scope, id, active: scope, title, icons, downloadTotal, uploadTotal },
    ...{ startedAt: Date.now(), paused: false, result: '', failureReason: '', failureDetail: '' },
  };
  try {
    await addFetch(fetch, records);
  } catch (error) {
    throw error instanceof DOMException && error.name === 'ConstraintError' ? refusal(id, ID_TAKEN) : error;
  }
  const registration = await registry.instance(fetch);
  registry.channel.post({ kind: 'added', uid });
  return registration;
}

function requirePorts(id: string, requests: readonly Request[]): void {
  const port = findBadPort(requests);
  if (port) throw refusal(id, `port ${port} is blocked by browsers`);
}

/**
 * Checks one request of each origin against the policy; a policy with paths may still block another later. Mixed content fails later too,
 * as in Chromium 156 (docs/decisions/0015).
 */
async function requirePolicy(id: string, requests: readonly Request[]): Promise<void> {
  for (const url of new Map(requests.map(({ url }) => [new URL(url).origin, url])).values()) {
    if (!isMixed(url) && (await isBlockedByPolicy(url))) throw refusal(id, policyRefusal(url));
  }
}

function permit(id: string, input: RequestInfo | URL): Request {
  try {
    return toPermitted(input);
  } catch (error) {
    throw refusal(id, (error as Error).message);
  }
}

async function toRecord(uid: string, index: number, request: Request): Promise<JournalRecord> {
  const { body, ...plain } = await toPlainRequest(request);
  const requestBody = await body?.arrayBuffer();
  return { uid, index, request: plain, ...(requestBody && { requestBody }), uploaded: 0, length: 0, result: '', detail: '' };
}

function refusal(id: string, reason: string): TypeError {
  return new TypeError(`Failed to start background fetch "${id}": ${reason}.`);
}
