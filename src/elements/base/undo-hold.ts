/** Keeps the undo controls of an element while one of them is focused or hovered (WCAG 2.2.1). */
import type { LitElement, ReactiveController } from 'lit';
import { warn } from '../../client/warn.js';
import type { PageClient } from '../../controllers/client-context.js';
import { isActive, UNDO_TIME, type FetchRecord } from '../../manager/record.js';
import { undoSeconds } from '../../view/words.js';

/** A control that is used now. The focus of a mouse click does not count: it stays where it is for hours. */
const USED_CONTROL = ':is([data-action^=restore], .main.removed):is(:hover, :focus-visible)';

/** The downloads whose controls are kept. */
export interface Undoable {
  readonly records: () => readonly (FetchRecord | undefined)[];
  readonly client: () => PageClient | undefined;
}

/** Removes the downloads of its host again before their time is over. The host updates every second meanwhile. */
export class UndoHold implements ReactiveController {
  readonly #host: LitElement;
  readonly #undoable: Undoable;

  constructor(host: LitElement, undoable: Undoable) {
    this.#host = host;
    this.#undoable = undoable;
    host.addController(this);
  }

  /** Returns true while the time to restore this download does not run. */
  holds(record: FetchRecord): boolean {
    // The native engine cannot pause: a cancelled download must end in time.
    const canWait = !(isActive(record) && record.engine === 'native') && undoSeconds(record, Date.now()) > 0;
    return canWait && this.#host.hasUpdated && this.#host.renderRoot.querySelector(USED_CONTROL) !== null;
  }

  hostUpdated(): void {
    for (const record of this.#undoable.records()) {
      if (!record || !this.holds(record) || Date.now() - (record.discardedAt ?? 0) < UNDO_TIME / 2) continue;
      this.#undoable.client()?.discard(record.id).catch(warn);
    }
  }
}
