/** Base class of the elements with commands, and their error messages. */
import type { FetchRecord } from '../../manager/record.js';
import type { Action } from '../../view/actions.js';
import { BgFetchElement } from './bg-fetch-element.js';
import { BgFetchRequestEvent } from '../events.js';
import { renderer } from './late-element.js';
import { dispatchChange } from './change-events.js';

/** Methods of the commands that are not named as theirs: what a visitor cancels can be restored. */
const METHODS = { abort: 'discard', move: 'moveInPage', hurry: 'resume' } as const satisfies Partial<Record<Action, string>>;

/**
 * Base class of the elements that start, pause and abort a download.
 *
 * @fires {BgFetchRequestEvent} bg-fetch-request - Dispatched before a download starts; `preventDefault()` prevents it.
 * @fires {BgFetchOpenEvent} bg-fetch-open - Dispatched before a stored download is opened; `preventDefault()` leaves it to the page.
 * @fires {BgFetchErrorEvent} bg-fetch-error - Dispatched when a command failed.
 * @fires {BgFetchProgressEvent} bg-fetch-progress - Dispatched when bytes arrive or the status of an active download changes.
 * @fires {BgFetchSuccessEvent} bg-fetch-success - Dispatched when the download is stored and can be served.
 * @fires {BgFetchFailEvent} bg-fetch-fail - Dispatched when the download failed or was evicted by the browser.
 * @fires {BgFetchAbortEvent} bg-fetch-abort - Dispatched when the download was aborted: at once by `abort()`, and when a cancelled one can no longer be restored.
 * @fires {BgFetchDiscardEvent} bg-fetch-discard - Dispatched when the download was removed or cancelled; it can be restored for ten seconds.
 */
export abstract class ActingElement extends BgFetchElement {
  /** Retries this download. Rejects and fires `bg-fetch-error` on failure. */
  start(): Promise<void> {
    return this.retry();
  }

  /** Pauses the download and keeps its bytes, if the engine can. */
  pause(): Promise<void> {
    return this.command((client, id) => client.pause(id));
  }

  /** Resumes a paused, queued or waiting download at once. */
  resume(): Promise<void> {
    return this.command((client, id) => client.resume(id));
  }

  /** Aborts the download at once and deletes its partial bytes; `discard()` can be undone. */
  abort(): Promise<void> {
    return this.command((client, id) => client.abort(id));
  }

  /** Starts an ended download again. Rejects and fires `bg-fetch-error` on failure. */
  retry(): Promise<void> {
    const requests = this.record?.requests.map(({ url }) => url) ?? [];
    return this.command(async (client, id) => {
      if (this.mayStart(id, requests)) await client.retry(id);
    });
  }

  /** Continues in this page a download that makes no progress in the native engine. */
  moveInPage(): Promise<void> {
    return this.command((client, id) => client.moveInPage(id));
  }

  /** Removes a stored or ended download, or cancels an active one; it can be restored for ten seconds. */
  discard(): Promise<void> {
    return this.command((client, id) => client.discard(id));
  }

  /** Restores a removed or cancelled download. */
  restore(): Promise<void> {
    return this.command((client, id) => client.restore(id));
  }

  /** Opens the first stored file, unless the page cancels `bg-fetch-open`. */
  open(): Promise<void> {
    return this.command(async (client) => {
      if (this.record) await (await renderer.load()).openDownload(this, client, this.record);
    });
  }

  /** Saves the stored files to the visitor's device. */
  save(): Promise<void> {
    return this.command(async (client) => {
      if (this.record) await (await renderer.load()).saveDownload(client, this.record);
    });
  }

  /** Dispatches `bg-fetch-request`; returns false if the page cancels it. */
  protected mayStart(id: string, requests: readonly (RequestInfo | URL)[]): boolean {
    const event = new BgFetchRequestEvent(id, this.record, requests);
    return this.dispatchEvent(event);
  }

  /** Runs the command of a click: a failure is shown on the element and dispatched as an event, without an unhandled rejection. */
  protected act(action: Action): void {
    const ignored = () => undefined;
    const method = METHODS[action as keyof typeof METHODS] ?? (action as Exclude<Action, keyof typeof METHODS>);
    void this[method]().catch(ignored);
  }

  /** Runs a command. A failure is shown, dispatched as `bg-fetch-error` and thrown. */
  protected async command(run: (client: NonNullable<BgFetchElement['client']>, id: string) => unknown): Promise<void> {
    const id = this.record?.id ?? this.boundId ?? '';
    const before = this.record;
    this.problem = '';
    try {
      const { client } = this;
      if (!client)
        throw new DOMException(
          `Failed to run a command for "${id}": the element is not connected. Append it to the document first.`,
          'InvalidStateError',
        );
      await run(client, id);
    } catch (error) {
      throw this.failed(error, id, before, this.record);
    }
  }

  protected override recordChanged(record: FetchRecord | undefined, previous: FetchRecord | undefined): void {
    if (record?.status !== previous?.status) this.problem = '';
    dispatchChange(this, record, previous);
  }
}
