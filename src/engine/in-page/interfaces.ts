/** Shows classes to scripts as WebIDL interfaces: names, illegal constructors, enumerable members. */

type Class = (abstract new (...parts: never[]) => object) & { readonly prototype: object };

/** Puts an interface that scripts cannot construct on `scope`. */
export function exposeInterface(scope: object, name: string, { prototype }: Class): void {
  const face = function (): never {
    throw new TypeError('Illegal constructor');
  };
  const parent = (Object.getPrototypeOf(prototype) as { constructor: object }).constructor;
  if (parent !== Object) Object.setPrototypeOf(face, parent);
  expose(scope, name, face, prototype);
}

/** Puts an interface that scripts may construct on `scope`. */
export function exposeClass(scope: object, name: string, face: Class): void {
  expose(scope, name, face, face.prototype);
}

function expose(scope: object, name: string, face: object, prototype: object): void {
  Object.defineProperty(face, 'name', { value: name, configurable: true });
  Object.defineProperty(face, 'prototype', { value: prototype, writable: false });
  for (const [key, member] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (key !== 'constructor') Object.defineProperty(prototype, key, { ...member, enumerable: true });
  }
  Object.defineProperty(prototype, 'constructor', { value: face, writable: true, configurable: true });
  Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });
  Object.defineProperty(scope, name, { value: face, writable: true, configurable: true });
}
