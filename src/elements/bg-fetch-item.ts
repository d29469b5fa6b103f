/** `<bg-fetch-item>`: one download as a row. */
import { css, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { FetchRecord } from '../manager/record.js';
import { ActingElement } from './acting-element.js';
import { rowDrawing } from './row-drawing.js';
import type { Row } from './row.js';
import { tokens } from './styles/tokens.js';

/**
 * A row: picture, title, progress, words, actions; several files unfold to lines of their own.
 *
 * @element bg-fetch-item
 * @slot icon - Picture in place of the download's own.
 * @slot title - Title in place of the download's own.
 * @slot words - Words in place of those under the title.
 * @slot pause-icon - Picture of that command; so are `resume-icon`, `hurry-icon`, `abort-icon`, `open-icon`, `save-icon` and
 * `discard-icon`.
 * @slot resume-icon
 * @slot hurry-icon
 * @slot abort-icon
 * @slot open-icon
 * @slot save-icon
 * @slot discard-icon
 * @slot files-icon - Picture of what unfolds the files.
 * @slot retry - Word for that command; so are `start`, `move`, `restore` and `free`.
 * @slot start
 * @slot move
 * @slot restore
 * @slot free
 * @csspart row - The row.
 * @csspart icon - The picture.
 * @csspart title - The title.
 * @csspart bar - The track, with the role `progressbar`.
 * @csspart fill - What is there of it.
 * @csspart words - The words under the title.
 * @csspart lead - The words that lead.
 * @csspart detail - Each fact that follows.
 * @csspart actions - The box of the commands.
 * @csspart action - Each command.
 * @csspart files - The lines of the files.
 * @csspart file - One of them.
 * @csspart storage - What takes the space, where it is short.
 * @csspart storage-panel - The box around that.
 * @csspart storage-meter - The meter in it.
 * @csspart storage-segment - What one download takes of it.
 * @csspart storage-item - The line of one download there.
 * @csspart storage-action - Each command there.
 * @cssstate idle - Nothing has been started; each other status is a state too.
 * @cssstate removed - Removed, and can be restored.
 * @cssstate indeterminate - The total is unknown.
 * @fires {BgFetchRequestEvent} bg-fetch-request - Before a new try; cancelable.
 * @fires {BgFetchOpenEvent} bg-fetch-open - Before what is stored is opened; cancelable.
 * @example
 * ```html
 * <bg-fetch-item fetch-id="ep-5"></bg-fetch-item>
 * ```
 */
export class BgFetchItemElement extends ActingElement {
  static override styles = [
    tokens,
    css`
      :host {
        display: block;
      }
    `,
  ];

  /** Set by the list it stands in, which tells the facts for all its rows, speaks for them and has one tab stop among them. */
  @property({ attribute: false }) inList = false;

  /** True for the row of the list that the keyboard is on. */
  @property({ attribute: false }) current = false;

  /** Set by the list while the row is out of view: takes an update to be made later. */
  putOff?: ((update: () => void) => void) | undefined;

  protected override readonly drawing = rowDrawing;

  #row: Row | undefined;

  /** Puts the focus on the action at this place, or the last there is. */
  focusAction(at = 0): void {
    this.#row?.focusAction(at);
  }

  /** The place of the focused action, -1 when there is none. */
  get focusedAction(): number {
    return this.#row?.focusedAction ?? -1;
  }

  /** What comes of a new record can wait while nobody sees it; what is set here cannot. */
  override requestUpdate(...change: Parameters<ActingElement['requestUpdate']>): void {
    if (this.putOff && change.length === 0) this.putOff(() => super.requestUpdate());
    else super.requestUpdate(...change);
  }

  protected override render() {
    const { record, reader } = this;
    if (!record || !reader || !rowDrawing.module) return nothing;
    this.#row ??= new rowDrawing.module.Row(this, reader, (action) => this.act(action));
    return this.#row.render(record, this.problem);
  }

  protected override recordChanged(record: FetchRecord | undefined, previous: FetchRecord | undefined): void {
    if (!this.inList) {
      super.recordChanged(record, previous);
      return;
    }
    if (this.reader) this.reader.isSilent = true;
    if (record?.status !== previous?.status) this.problem = '';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bg-fetch-item': BgFetchItemElement;
  }
}
