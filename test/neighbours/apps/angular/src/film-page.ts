import { Component, signal } from '@angular/core';
import type { BgFetchProgressEvent, BgFetchSuccessEvent, FetchRecord } from 'bg-fetch-elements';
import { BG_FETCH_ELEMENTS } from 'bg-fetch-elements/angular';

@Component({
  selector: 'film-page',
  imports: [BG_FETCH_ELEMENTS],
  template: `
    <bg-fetch-provider service-worker="/worker.js" [engine]="engine">
      <bg-fetch-button
        class="film"
        fetch-id="film"
        download-title="The film"
        src="/files/film.bin?seed=film&size=2M"
        (bg-fetch-progress)="moved($event)"
        (bg-fetch-success)="ended($event)"
      ></bg-fetch-button>
      <bg-fetch-progress [record]="record()"></bg-fetch-progress>
      <output>{{ stored() && 'Stored ' + stored() }}</output>
    </bg-fetch-provider>
  `,
})
export class FilmPage {
  /** With zone.js, Angular rewrites the code of the in-page engine. */
  readonly engine = 'Zone' in globalThis ? 'in-page' : 'auto';
  readonly record = signal<FetchRecord | undefined>(undefined);
  readonly stored = signal('');

  moved(event: BgFetchProgressEvent): void {
    this.record.set(event.record);
  }

  ended(event: BgFetchSuccessEvent): void {
    this.record.set(event.record);
    this.stored.set(event.fetchId);
  }
}
