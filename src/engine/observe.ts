/** Observes a registration of either engine. A timer detects stalls, which the native engine does not report. */
import { readRegistration, type RegistrationSnapshot } from '../standard/snapshot.js';
import type { BackgroundFetchRegistration } from '../standard/background-fetch.js';
import { isControllable } from '../standard/extras.js';
import { anySignal } from '../standard/older-browsers.js';

/** Callbacks of an observer. */
export interface Observer {
  /** Called with a snapshot; `moved` is true if its bytes changed since the last one. */
  read(snapshot: RegistrationSnapshot, moved: boolean): void;
  /** Called when no byte arrived for `SILENCE` milliseconds. */
  silent(): void;
}

/** Time without a byte that counts as a stall, in milliseconds: two retry intervals of Chromium 156 (docs/decisions/0009). */
export const STALL_TIME = 40_000;

/** Reads the registration now and on every event, until it ends or the signal aborts. */
export function observe(registration: BackgroundFetchRegistration, observer: Observer, signal: AbortSignal): void {
  const ended = new AbortController();
  const until = anySignal(signal, ended.signal);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let bytes = -1;

  const sync = () => {
    const snapshot = readRegistration(registration);
    const moved = snapshot.downloaded + snapshot.uploaded !== bytes;
    bytes = snapshot.downloaded + snapshot.uploaded;
    observer.read(snapshot, moved);
    clearTimeout(timer);
    if (snapshot.result !== '') ended.abort();
    else if (!isControllable(registration)) timer = setTimeout(() => observer.silent(), STALL_TIME);
  };
  if (until.aborted) return;
  until.addEventListener('abort', () => clearTimeout(timer));
  registration.addEventListener('progress', sync, { signal: until });
  registration.addEventListener('statechange', sync, { signal: until });
  sync();
}
