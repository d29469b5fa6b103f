/** Rows of a database with a fault. */
import fc from 'fast-check';

/** The same value with one of its fields, at any depth, taken away or replaced. */
export function damaged(value: object): fc.Arbitrary<unknown> {
  return fc.tuple(fc.constantFrom(...pathsOf(value)), fc.option(fc.anything(), { nil: undefined })).map(([path, replacement]) => {
    const copy = structuredClone(value);
    const last = path.at(-1) as string;
    const parent = path.slice(0, -1).reduce<unknown>((at, key) => Reflect.get(at as object, key), copy) as object;
    Reflect.set(parent, last, replacement);
    return copy;
  });
}

function pathsOf(value: object): string[][] {
  return Object.entries(value).flatMap(([key, inner]) => [
    [key],
    ...(typeof inner === 'object' && inner !== null ? pathsOf(inner as object).map((path) => [key, ...path]) : []),
  ]);
}
