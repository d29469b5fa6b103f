/** Fetches of other apps of the origin: this page observes and controls them, but does not download for them. */
import { inPageEngine } from './in-page.js';
import { nativeEngine } from '../engine/native.js';
import type { FetchRecord } from '../manager/record.js';
import type { BackgroundFetchRegistration } from '../standard/background-fetch.js';

/** Resolves with the active fetch of a record of another scope; with undefined if there is none. */
export async function findElsewhere({ id, engine, scope = '' }: FetchRecord): Promise<BackgroundFetchRegistration | undefined> {
  if (engine === 'in-page') return (await inPageEngine.load()).registryOf(scope).get(id);
  const registration = await navigator.serviceWorker.getRegistration(scope);
  return registration?.scope === scope ? nativeEngine(registration)?.get(id) : undefined;
}
