/** The few pictures of the kit: strokes on a grid of 24, in the colour of the text around them. */
import { html, svg, type TemplateResult } from 'lit';

const FILLED = ['check', 'play'];

const PATHS = {
  download: 'M12 4v11m0 0-4.5-4.5M12 15l4.5-4.5M5 19.5h14',
  clock: 'M12 7.5V12l3 2M3.5 12a8.5 8.5 0 1 0 17 0 8.5 8.5 0 1 0-17 0',
  offline: 'M4 4l16 16M8.5 15a5 5 0 0 1 6.6-.4M5.5 11.7a9.6 9.6 0 0 1 4-2.3m4.4 0a9.6 9.6 0 0 1 4.6 2.3M12 18.8v.1',
  check: 'M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18ZM7.2 13.1l3.5 3.5 6.1-6.2-1.6-1.6-4.5 4.6-1.9-1.9z',
  bang: 'M12 7.6v5.2m0 3.3v.1M3.2 12a8.8 8.8 0 1 0 17.6 0 8.8 8.8 0 1 0-17.6 0',
  again: 'M19 12a7 7 0 1 1-2.2-5.1M19.5 4v4h-4',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  cancel: 'm6.5 6.5 11 11m0-11-11 11',
  pause: 'M9 6v12m6-12v12',
  play: 'M8 5.5v13l10.5-6.5z',
  bin: 'M4.5 7h15M9.5 7V4.8h5V7m2.8 0-.8 12.2h-9L6.7 7',
  open: 'M13 5h6v6m0-6-8.5 8.5M17 14v5H5V7h5',
  save: 'M12 4v9m0 0-3.5-3.5M12 13l3.5-3.5M5 14v5h14v-5',
  chevron: 'm8 10 4 4 4-4',
} as const;

/** The name of a picture. */
export type IconName = keyof typeof PATHS;

/** A picture; what it means is said in words beside it. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon ${name}" viewBox="0 0 24 24" aria-hidden="true">
    <path d=${PATHS[name]} class=${FILLED.includes(name) ? 'filled' : ''}></path>
  </svg>`;
}

/** What stands in the middle of a ring, small and solid. */
const GLYPHS = {
  pause: 'M9.6 8.8h1.7v6.4H9.6zm3.1 0h1.7v6.4h-1.7z',
  play: 'M10.2 8.4v7.2l5.6-3.6z',
  bang: 'M11.1 7.4h1.8l-.3 5.8h-1.2zM11 14.8h2v2h-2z',
  cancel: 'm9.6 8.4 2.4 2.4 2.4-2.4 1.2 1.2-2.4 2.4 2.4 2.4-1.2 1.2-2.4-2.4-2.4 2.4-1.2-1.2 2.4-2.4-2.4-2.4z',
  download: 'M11.1 7.5h1.8v5l1.7-1.7 1.2 1.2-3.8 3.8L8.2 12l1.2-1.2 1.7 1.7z',
} as const;

/** The name of a picture in a ring. */
export type GlyphName = keyof typeof GLYPHS;

/** A ring that fills to `value` (0 to 1), or turns when that is undefined. */
export function ring(value: number | undefined, glyph?: GlyphName): TemplateResult {
  const offset = 100 - (value ?? 0.25) * 100;
  return html`<svg class="icon ring ${value === undefined ? 'turning' : ''}" part="ring" viewBox="0 0 24 24" aria-hidden="true">
    <circle class="track" cx="12" cy="12" r="9"></circle>
    <circle class="value" cx="12" cy="12" r="9" pathLength="100" stroke-dashoffset=${offset}></circle>
    ${glyph && svg`<path class="glyph" d=${GLYPHS[glyph]}></path>`}
  </svg>`;
}
