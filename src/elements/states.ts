/** The states a stylesheet can ask an element for: `:state(downloading)`. */
import type { FetchRecord, FetchStatus } from '../manager/record.js';

/** A state of an element: the status of its download, or what stands beside that. */
export type StateName = FetchStatus | 'indeterminate' | 'removed';

/** Older browsers have no states, or only names that start with two dashes; there an element goes without. */
const hasStates = typeof CSS !== 'undefined' && CSS.supports('selector(:state(idle))');

/** The custom states of one element. */
export class CustomStates {
  readonly #internals: ElementInternals;

  constructor(element: HTMLElement) {
    this.#internals = element.attachInternals();
  }

  /** Shows the states of a record; without one the element is idle. */
  show(record: FetchRecord | undefined, isIndeterminate = false): void {
    const names: StateName[] = [record?.status ?? 'idle'];
    if (record?.discardedAt !== undefined) names.push('removed');
    if (isIndeterminate) names.push('indeterminate');
    this.set(names);
  }

  /** Has these states and no others. */
  set(names: readonly StateName[]): void {
    if (!hasStates) return;
    const { states } = this.#internals;
    for (const name of states) if (!names.includes(name as StateName)) states.delete(name);
    // Telling a state that is there already would have the styles looked through again.
    for (const name of names) if (!states.has(name)) states.add(name);
  }
}
