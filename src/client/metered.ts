/** Whether bytes cost money here, as far as the browser tells (Network Information, Save-Data: Chromium). */

interface NetworkInformation extends EventTarget {
  readonly saveData?: boolean;
  readonly type?: string;
}

const { connection } = (globalThis.navigator ?? {}) as { connection?: NetworkInformation };

/** True on a mobile line, or when the visitor asks to save data; false where the browser does not tell. */
export function isMetered(): boolean {
  return connection?.saveData === true || connection?.type === 'cellular';
}

/** Called whenever the line changes. */
export function onLineChange(listener: () => void): void {
  connection?.addEventListener('change', listener);
}
