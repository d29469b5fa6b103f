/** Custom states of the elements for stylesheets: `:state(downloading)`. */
import type { FetchRecord, FetchStatus } from '../../manager/record.js';

/** A custom state: the status of the download, `removed` or `indeterminate`. */
export type StateName = FetchStatus | 'indeterminate' | 'removed';

/** False in older browsers, which have no custom states or only names with two dashes, and in test environments. */
const hasStates = typeof CSS !== 'undefined' && 'ElementInternals' in globalThis && CSS.supports('selector(:state(idle))');

/** The custom states of one element. */
export class CustomStates {
  /** Kept, because WebKitGTK 2.50 has a new, empty set after a garbage collection (docs/decisions/0018). */
  readonly #states: CustomStateSet | undefined;

  constructor(element: HTMLElement) {
    if (hasStates) this.#states = element.attachInternals().states;
  }

  /** Sets the states of a record; without a record the element is idle. */
  show(record: FetchRecord | undefined, isIndeterminate = false): void {
    const names: StateName[] = [record?.status ?? 'idle'];
    if (record?.discardedAt !== undefined) names.push('removed');
    if (isIndeterminate) names.push('indeterminate');
    this.set(names);
  }

  /** Sets exactly these states. */
  set(names: readonly StateName[]): void {
    const states = this.#states;
    if (!states) return;
    for (const name of states) if (!names.includes(name as StateName)) states.delete(name);
    // Adding a state again would make the browser recalculate styles.
    for (const name of names) if (!states.has(name)) states.add(name);
  }
}
