/** Returns the name of the Web Lock of the page that runs the in-page engine of a scope. */
export function ownerLock(scope: string): string {
  return `bg-fetch-in-page ${scope}`;
}

/** Resolves with a predicate for scopes whose in-page engine runs in a page now. */
export async function findOwned(): Promise<(scope: string) => boolean> {
  const { held = [] } = await navigator.locks.query();
  const names = new Set(held.map(({ name }) => name));
  return (scope) => names.has(ownerLock(scope));
}
