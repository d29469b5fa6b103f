/** Detects metered connections by the Network Information API, which only Chromium 156 has (docs/decisions/0019). */

interface NetworkInformation extends EventTarget {
  readonly saveData?: boolean;
  readonly type?: string;
}

const { connection } = (globalThis.navigator ?? {}) as { connection?: NetworkInformation };

/** Returns true on a mobile connection or if the visitor saves data; false if unknown. */
export function isMetered(): boolean {
  return connection?.saveData === true || connection?.type === 'cellular';
}

/** Calls the listener when the connection changes. */
export function onConnectionChange(listener: () => void): void {
  connection?.addEventListener('change', listener);
}
