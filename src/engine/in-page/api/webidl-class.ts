/** Exposes classes as WebIDL interfaces: names, illegal constructors, enumerable members. */

type Class = (abstract new (...parts: never[]) => object) & { readonly prototype: object };

/** Exposes an interface without constructor on `scope`; its methods return promises. */
export function exposeInterface(scope: object, name: string, { prototype }: Class): void {
  const face = function (): never {
    throw new TypeError('Illegal constructor');
  };
  const parent = (Object.getPrototypeOf(prototype) as { constructor: object }).constructor;
  if (parent !== Object) Object.setPrototypeOf(face, parent);
  for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype)))
    if (key !== 'constructor' && typeof value === 'function')
      Object.defineProperty(prototype, key, {
        value: withArgumentCheck(name, value as Method),
        writable: true,
        configurable: true,
      });
  expose(scope, name, face, prototype);
}

/** Exposes an interface with a constructor on `scope`. */
export function exposeClass(scope: object, name: string, face: Class): void {
  expose(scope, name, face, face.prototype);
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Wraps a method so that it rejects if it gets fewer arguments than it requires (WebIDL, section 3.7.7). */
function withArgumentCheck(of: string, method: Method): Method {
  const { name, length } = method;
  const checked = function (this: unknown, ...args: unknown[]): unknown {
    if (args.length >= length) return method.apply(this, args);
    const message = `Failed to execute '${name}' on '${of}': ${args.length} of ${length} required arguments were given.`;
    return Promise.reject(new TypeError(message));
  };
  return Object.defineProperties(checked, { name: { value: name }, length: { value: length } });
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
