/** An `on…` attribute as HTML has it: the listener keeps the place it got when the attribute was first set. */

/** What an `on…` attribute holds. */
export type Handler<Target> = ((this: Target, event: Event) => unknown) | null;

/** The handler of one type of event on one target. */
export class EventHandler<Target extends EventTarget> {
  readonly #target: Target;
  readonly #type: string;
  #handler: Handler<Target> = null;

  constructor(target: Target, type: string) {
    this.#target = target;
    this.#type = type;
  }

  get value(): Handler<Target> {
    return this.#handler;
  }

  set value(handler: Handler<Target>) {
    const next = typeof handler === 'function' || (typeof handler === 'object' && handler !== null) ? handler : null;
    if (next && !this.#handler) this.#target.addEventListener(this.#type, this.#call);
    if (!next) this.#target.removeEventListener(this.#type, this.#call);
    this.#handler = next;
  }

  readonly #call = (event: Event): void => {
    if (typeof this.#handler === 'function') this.#handler.call(this.#target, event);
  };
}
