/** What the elements that act have: the commands, and an answer in words when one is refused. */
import { state } from 'lit/decorators.js';
import type { FetchRecord } from '../manager/record.js';
import type { Action } from '../view/actions.js';
import { BgFetchElement } from './bg-fetch-element.js';
import { BgFetchErrorEvent, BgFetchRequestEvent } from './events.js';
import { tellFact } from './facts.js';

/** Base class of the elements that start, hold and end a download. */
export abstract class ActingElement extends BgFetchElement {
  /** Why the last command was refused; empty when it was not. */
  @state() protected problem = '';

  /** Goes on with a new try of this download. Rejects, and fires `bg-fetch-error`, when that is refused. */
  start(): Promise<void> {
    return this.retry();
  }

  /** Holds the download and keeps its bytes, where the engine can. */
  pause(): Promise<void> {
    return this.command((client, id) => client.pause(id));
  }

  /** Goes on with a held, queued or waiting download now. */
  resume(): Promise<void> {
    return this.command((client, id) => client.resume(id));
  }

  /** Ends the download; its partial bytes are given up. */
  abort(): Promise<void> {
    return this.command((client, id) => client.abort(id));
  }

  /** Starts an ended download again. */
  retry(): Promise<void> {
    const requests = this.record?.requests.map(({ url }) => url) ?? [];
    return this.command(async (client, id) => {
      if (this.mayStart(id, requests)) await client.retry(id);
    });
  }

  /** Goes on in this page with a download that the browser's own engine does not get on with. */
  moveInPage(): Promise<void> {
    return this.command((client, id) => client.moveInPage(id));
  }

  /** Removes a stored or ended download; it can be restored for a few seconds. */
  discard(): Promise<void> {
    return this.command((client, id) => client.discard(id));
  }

  /** Brings a removed download back. */
  restore(): Promise<void> {
    return this.command((client, id) => client.restore(id));
  }

  /** Opens what was stored, once the page had its say. */
  open(): Promise<void> {
    return this.command(async (client) => {
      if (this.record) await (await import('./deliver.js')).openDownload(this, client, this.record);
    });
  }

  /** Gives the stored files to the person, as files. */
  save(): Promise<void> {
    return this.command(async (client) => {
      if (this.record) await (await import('./deliver.js')).saveDownload(client, this.record);
    });
  }

  /** Asks the page before bytes move. */
  protected mayStart(id: string, requests: readonly (RequestInfo | URL)[]): boolean {
    const event = new BgFetchRequestEvent(id, this.record, requests);
    return this.dispatchEvent(event);
  }

  /** Obeys a click: a refusal is told on the element and as an event, and to nobody else. */
  protected act(action: Action): void {
    const told = () => undefined;
    void (action === 'move' ? this.moveInPage() : action === 'hurry' ? this.resume() : this[action]()).catch(told);
  }

  /** Runs a command; what stands in its way is shown, told and thrown. */
  protected async command(run: (client: NonNullable<BgFetchElement['client']>, id: string) => unknown): Promise<void> {
    const id = this.record?.id ?? this.boundId ?? '';
    this.problem = '';
    try {
      const { client } = this;
      if (!client)
        throw new DOMException(
          `Failed to obey for background fetch "${id}": the element is not in a document.`,
          'InvalidStateError',
        );
      await run(client, id);
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      // What the record tells already is not said twice.
      if (this.record?.failureDetail !== reason.message) this.problem = reason.message;
      const event = new BgFetchErrorEvent(id, this.record, reason);
      this.dispatchEvent(event);
      throw reason;
    }
  }

  protected override recordChanged(record: FetchRecord | undefined, previous: FetchRecord | undefined): void {
    if (record?.status !== previous?.status) this.problem = '';
    tellFact(this, record, previous);
  }
}
