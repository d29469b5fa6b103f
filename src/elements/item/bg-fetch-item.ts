/** `<bg-fetch-item>`: one download as a row. */
import { css } from 'lit';
import { property } from 'lit/decorators.js';
import type { FetchRecord } from '../../manager/record.js';
import { ActingElement } from '../base/acting-element.js';
import { renderer, type Renderer } from '../base/late-element.js';
import type { RowElement } from './row-element.js';
import type { Row } from './row.js';
import { problemTemplate } from '../parts/templates.js';
import { tokens } from '../styles/tokens.js';

/**
 * A row: icon, title, progress, words and actions; a download of several files can be expanded.
 *
 * @element bg-fetch-item
 * @slot icon - Replaces the icon of the download.
 * @slot title - Replaces the title of the download.
 * @slot words - Replaces the words under the title.
 * @slot pause-icon - Icon of the pause command.
 * @slot resume-icon - Icon of the resume command.
 * @slot hurry-icon - Icon of the command that starts a waiting download now.
 * @slot abort-icon - Icon of the cancel command.
 * @slot open-icon - Icon of the open command.
 * @slot save-icon - Icon of the save command.
 * @slot discard-icon - Icon of the remove command.
 * @slot files-icon - Icon of the button that expands the files.
 * @slot retry - Label of the command that tries again.
 * @slot start - Label of the start command.
 * @slot move - Label of the command that continues in this page.
 * @slot restore - Label of the command that undoes a removal or cancellation.
 * @slot free - Label of the command that shows the storage view.
 * @csspart row - The row.
 * @csspart icon - The icon of the download.
 * @csspart title - The title of the download.
 * @csspart bar - The track, with the role `progressbar`.
 * @csspart fill - The filled part of the track.
 * @csspart words - The words under the title.
 * @csspart lead - The first words.
 * @csspart detail - Each detail after the first words.
 * @csspart actions - The container of the commands.
 * @csspart action - Each command.
 * @csspart files - The list of the files.
 * @csspart file - One file.
 * @csspart storage - The storage view, shown when space is short.
 * @csspart storage-panel - The container of the storage view.
 * @csspart storage-meter - The meter of the storage view, with the role `meter`.
 * @csspart storage-segment - The space of one download in the meter.
 * @csspart storage-item - The line of one download in the storage view.
 * @csspart storage-action - Each command of the storage view.
 * @example
 * ```html
 * <bg-fetch-item fetch-id="ep-5"></bg-fetch-item>
 * ```
 */
export class BgFetchItemElement extends ActingElement implements RowElement {
  static override styles = [
    tokens,
    css`
      :host {
        display: block;
      }
    `,
  ];

  /**
   * Set by the list that contains it, which dispatches events and announces for all rows and manages their tab stop.
   * @internal
   */
  @property({ attribute: false }) inList = false;

  /**
   * True for the row with the tab stop of the list.
   * @internal
   */
  @property({ attribute: false }) current = false;

  /**
   * Set by the list while the row is out of view: defers an update.
   * @internal
   */
  deferUpdate?: ((update: () => void) => void) | undefined;

  #row: Row | undefined;

  /**
   * Focuses the action at this index, or the last one.
   * @internal
   */
  focusAction(at = 0): void {
    this.#row?.focusAction(at);
  }

  /**
   * Index of the focused action; -1 if there is none.
   * @internal
   */
  get focusedAction(): number {
    return this.#row?.focusedAction ?? -1;
  }

  /** Defers updates for new records while the row is out of view; other updates are not deferred. */
  override requestUpdate(...change: Parameters<ActingElement['requestUpdate']>): void {
    if (this.deferUpdate && change.length === 0) this.deferUpdate(() => super.requestUpdate());
    else super.requestUpdate(...change);
  }

  protected override lateStyles({ rowStyles }: Renderer) {
    return rowStyles;
  }

  protected override render() {
    const { record, reader } = this;
    if (!record || !reader || !renderer.module) return problemTemplate(this.problem);
    this.#row ??= new renderer.module.Row(this, reader, (action) => this.act(action));
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
