/** Icons that are needed before there is any download: strokes on a grid of 24, in the text colour. */
import { html, svg, type TemplateResult } from 'lit';

/** Draws an icon that is hidden from assistive technology; a label gives its meaning. */
export function draw(name: string, path: string): TemplateResult {
  return html`<svg class="icon ${name}" viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;
}

/** An arrow down to a line. */
export const downloadIcon = draw('download', 'M12 4v11m0 0-4.5-4.5M12 15l4.5-4.5M5 19.5h14');
/** A tick in a full circle. */
export const checkIcon = draw('check', 'M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18ZM7.2 13.1l3.5 3.5 6.1-6.2-1.6-1.6-4.5 4.6-1.9-1.9z');
/** An exclamation mark in a circle. */
export const bangIcon = draw('bang', 'M12 7.6v5.2m0 3.3v.1M3.2 12a8.8 8.8 0 1 0 17.6 0 8.8 8.8 0 1 0-17.6 0');

/**
 * Draws a ring that is filled to `value` (0 to 1), or a turning `arc` if `value` is undefined, with an optional symbol in its middle
 * as a path.
 */
export function ring(value: number | undefined, glyph?: string, arc = 0.25): TemplateResult {
  const offset = 100 - (value ?? arc) * 100;
  return html`<svg class="icon ring ${value === undefined ? 'turning' : ''}" part="ring" viewBox="0 0 24 24" aria-hidden="true">
    <circle class="track" cx="12" cy="12" r="9"></circle>
    <circle class="value" cx="12" cy="12" r="9" pathLength="100" stroke-dashoffset=${offset}></circle>
    ${glyph && svg`<path class="glyph" d=${glyph}></path>`}
  </svg>`;
}
