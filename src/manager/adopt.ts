/** Calls the site's `accept` hook before a download is recorded, and records fetches that were started without the client. */
import type { BackgroundFetchRegistration } from '../standard/background-fetch.js';
import { isControllable } from '../standard/extras.js';
import { toPlainRequest } from '../standard/plain-request.js';
import { checkPlan } from './check.js';
import type { Policy } from './policy.js';
import type { FetchPlan, FetchRecord } from './record.js';
import * as to from './transitions.js';

/**
 * Resolves with the plan of `accept`; its id, engine and time are not changed. Rejects with the error of `accept`, and with `TypeError`
 * for an invalid plan.
 */
export async function accepted(plan: FetchPlan, policy: Policy): Promise<FetchPlan> {
  const returned = (await policy.accept?.(plan)) ?? plan;
  if (returned === plan) return plan;
  const { id, engine, startedAt } = plan;
  const changed = { ...returned, id, engine, startedAt };
  try {
    checkPlan(changed);
  } catch (error) {
    throw new TypeError(`${(error as Error).message} The plan is what accept() of the service worker returned.`, {
      cause: error,
    });
  }
  return changed;
}

/**
 * Resolves with a record for a fetch that was started without the client, from its registration: active, or aborted if `accept` rejects it.
 * Resolves with undefined if the fetch no longer exists.
 */
export async function adopted(
  registration: BackgroundFetchRegistration,
  policy: Policy,
  scope: string,
): Promise<FetchRecord | undefined> {
  const records = await registration.matchAll();
  if (records.length === 0) return undefined;
  const requests = await Promise.all(records.map(({ request }) => toPlainRequest(request.clone())));
  const { id, downloaded, downloadTotal } = registration;
  const engine = isControllable(registration) ? 'in-page' : 'native';
  const startedAt = isControllable(registration) ? registration.startedAt : undefined;
  const plan = { id, title: id, icons: [], requests, downloadTotal, engine, startedAt } as const;
  const now = Date.now();
  try {
    return to.noted({ ...to.planned(await accepted(plan, policy), now), scope }, downloaded, 0);
  } catch (error) {
    return { ...to.aborted({ ...to.planned(plan, now), scope }, now), failureDetail: (error as Error).message };
  }
}
