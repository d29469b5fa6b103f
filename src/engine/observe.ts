/** Watches a registration of either engine and says what it reads; silence is told by the clock, for the browser's own says nothing of it. */
import { readRegistration, type RegistrationSnapshot } from '../standard/snapshot.js';
import type { BackgroundFetchRegistration } from '../standard/background-fetch.js';
import { isControllable } from '../standard/extras.js';

/** Called with what the registration says. */
export interface Observer {
  /** `moved` is true when its bytes are not those of the last look. */
  read(snapshot: RegistrationSnapshot, moved: boolean): void;
  /** Nothing came for `SILENCE` milliseconds. */
  silent(): void;
}

/** How long without a byte is a stall, in milliseconds. A server's error is retried every 20 s by the browser itself. */
export const SILENCE = 40_000;

/** Reads the registration now and at every event, until it has ended or the signal says so. */
export function observe(registration: BackgroundFetchRegistration, observer: Observer, signal: AbortSignal): void {
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let bytes = -1;

  const sync = () => {
    const snapshot = readRegistration(registration);
    const moved = snapshot.downloaded + snapshot.uploaded !== bytes;
    bytes = snapshot.downloaded + snapshot.uploaded;
    observer.read(snapshot, moved);
    clearTimeout(timer);
    if (snapshot.result !== '') ended.abort();
    else if (!isControllable(registration)) timer = setTimeout(() => observer.silent(), SILENCE);
  };
  if (until.aborted) return;
  until.addEventListener('abort', () => clearTimeout(timer));
  registration.addEventListener('progress', sync, { signal: until });
  registration.addEventListener('statechange', sync, { signal: until });
  sync();
}
