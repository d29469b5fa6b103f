/** An `on…` attribute as HTML has it: the listener keeps the place it got when the attribute was first set. */

/** What an `on…` attribute holds. */
export type Handler<Target> = ((this: Target, event: Event) => unknown) | null;

/** Defines the attribute for events of this type on a prototype. `require` throws for what is no such target. */
export function defineHandler<Target extends EventTarget>(
  prototype: Target,
  type: string,
  require: (target: Target) => void = () => undefined,
): void {
  const handlers = new WeakMap<EventTarget, Handler<Target>>();
  function call(this: Target, event: Event): void {
    const handler = handlers.get(this);
    if (typeof handler === 'function') handler.call(this, event);
  }
  // Written as accessors for their names, which WebIDL asks for.
  const attribute = {
    get [`on${type}`](): Handler<Target> {
      const target = this as unknown as Target;
      require(target);
      return handlers.get(target) ?? null;
    },
    set [`on${type}`](value: Handler<Target>) {
      const target = this as unknown as Target;
      require(target);
      const handler = Object(value) === value ? value : null;
      handlers.set(target, handler);
      // One that is there already stays where it is.
      if (handler) target.addEventListener(type, call);
      else target.removeEventListener(type, call);
    },
  };
  Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(attribute));
}
