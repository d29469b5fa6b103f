/** A map of many files, as a model or a game would be: one download, drawn piece by piece as they arrive. */
import { html } from 'lit';
import type { BgFetchProgressEvent } from '../../src/index.js';
import { addressOf } from '../live/pretend-server.js';

const SHEETS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const ALL = SHEETS.map((sheet) => addressOf(`sheet-${sheet}.bin`, 300_000)).join(' ');

/** The page: a square for each sheet, filled when that one is there. */
export function map() {
  return html`<section class="recipe" @bg-fetch-progress=${colour} @bg-fetch-success=${colour}>
    <h2>Map of the Alps</h2>
    <div class="map" role="img" aria-label="Nine sheets of a map">${SHEETS.map(() => html`<span></span>`)}</div>
    <p>
      <bg-fetch-button fetch-id="alps" download-title="Map of the Alps, nine sheets" src=${ALL}>
        <span slot="idle">Download the map</span>
      </bg-fetch-button>
    </p>
    <bg-fetch-item fetch-id="alps"></bg-fetch-item>
  </section>`;
}

function colour({ currentTarget, record }: BgFetchProgressEvent): void {
  const sheets = (currentTarget as Element).querySelectorAll('.map span');
  record?.files.forEach(({ state }, index) => sheets[index]?.classList.toggle('here', state === 'done'));
}
