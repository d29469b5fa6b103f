/** Event handler attributes (HTML, section 8.1.8.1): the listener keeps the position of its first assignment. */

/** Value of an `on…` attribute. */
export type Handler<Target> = ((this: Target, event: Event) => unknown) | null;

/**
 * Defines the attribute for events of this type on a prototype or a global object. `targetOf` returns the event target for `this`, and
 * throws for an illegal one.
 */
export function defineHandler<Target extends EventTarget>(
  owner: Target,
  type: string,
  targetOf: (value: unknown) => Target,
): void {
  const handlers = new WeakMap<EventTarget, Handler<Target>>();
  function call(this: Target, event: Event): void {
    const handler = handlers.get(this);
    if (typeof handler === 'function') handler.call(this, event);
  }
  // Accessors have the function names that WebIDL requires.
  const attribute = {
    get [`on${type}`](): Handler<Target> {
      return handlers.get(targetOf(this)) ?? null;
    },
    set [`on${type}`](value: Handler<Target>) {
      const target = targetOf(this);
      const handler = Object(value) === value ? value : null;
      handlers.set(target, handler);
      // An existing listener keeps its position.
      if (handler) target.addEventListener(type, call);
      else target.removeEventListener(type, call);
    },
  };
  Object.defineProperties(owner, Object.getOwnPropertyDescriptors(attribute));
}
