/** Failures of background tasks. */

/** Logs a failure. It is no error of the page: an error monitor of the site is not called. */
export function warn(error: unknown): void {
  console.warn('bg-fetch-elements:', error);
}
