/** What Angular's templates know of the tags, and refuse. */
import { Component } from '@angular/core';
import type { BgFetchSuccessEvent } from 'bg-fetch-elements';
import { BG_FETCH_ELEMENTS } from 'bg-fetch-elements/angular';

@Component({
  selector: 'right-page',
  imports: [BG_FETCH_ELEMENTS],
  template: `
    <bg-fetch-provider service-worker="/service-worker.js" engine="auto">
      <bg-fetch-button #button disabled src="/a" [requests]="['/b']" [disabled]="true" (bg-fetch-success)="stored($event)" />
      <bg-fetch-progress [record]="button.record" [value]="1" max="2" variant="ring" />
    </bg-fetch-provider>
  `,
})
export class RightPage {
  stored(event: BgFetchSuccessEvent): string {
    return event.fetchId;
  }
}

@Component({
  selector: 'wrong-page',
  imports: [BG_FETCH_ELEMENTS],
  template: `
    <bg-fetch-button #button [requests]="5" [nothing]="true" (bg-fetch-fail)="wrong($event)" />
    <bg-fetch-progress variant="square" max="two" [value]="'half'" />
    <bg-fetch-nothing />
    <p>{{ button.nothing }}</p>
  `,
})
export class WrongPage {
  wrong(status: number): number {
    return status;
  }
}
