/** Transfer size of an encoded body: Firefox 153 ends an interrupted one without an error (docs/decisions/0013). */

/** Resolves with the encoded size of the body requested since `begun` (`performance.now()`); 0 if the browser does not report it. */
export async function encodedBodySize(url: string, since: number): Promise<number> {
  const address = withoutFragment(url);
  // The resource timing may be added a moment after the end of the body.
  for (let tries = 0; tries < 20; tries++) {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    // Clocks are coarsened by a millisecond or two.
    const own = entries.filter(({ name, startTime }) => startTime > since - 5 && withoutFragment(name) === address);
    const [size, ...others] = new Set(own.map(({ encodedBodySize }) => encodedBodySize));
    // The same URL may be requested twice at the same time.
    if (size !== undefined) return others.length > 0 ? 0 : size;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return 0;
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url;
}
