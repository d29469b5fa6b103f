/**
 * How large a packed body was on its way: Firefox ends one that was cut as if it were whole. Its text becomes part of a worker, so it
 * uses nothing outside of itself.
 */

/** Bytes of the body that was asked for since then, in `performance.now()`; 0 where the browser does not say. */
export async function wireSize(url: string, since: number): Promise<number> {
  // What the browser knows of it may come a moment after its end.
  for (let tries = 0; tries < 20; tries++) {
    const entries = performance.getEntriesByName(url) as PerformanceResourceTiming[];
    // Clocks are blurred by a millisecond or two.
    const entry = entries.findLast(({ startTime }) => startTime > since - 5);
    if (entry) return entry.encodedBodySize;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return 0;
}
