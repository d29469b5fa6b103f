/** What Angular's templates know of the events, and refuse. */
import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';
import type { BgFetchSuccessEvent } from 'bg-fetch-elements';

@Component({
  selector: 'wrong-page',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <bg-fetch-button #button src="/a" (bg-fetch-success)="right($event)" (bg-fetch-fail)="wrong($event)"></bg-fetch-button>
    <p>{{ button.record?.status }} {{ button.nothing }}</p>
  `,
})
export class WrongPage {
  right(event: BgFetchSuccessEvent): string {
    return event.fetchId;
  }

  wrong(status: number): number {
    return status;
  }
}
