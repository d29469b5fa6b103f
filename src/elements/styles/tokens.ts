/** Shared custom properties for colours and sizes with their defaults, and resets of inherited properties that break the layout. */
import { css } from 'lit';

/*
 * Colours follow the inherited text colour, which fits the page's background also where a dark page has no `color-scheme`. Next to light text
 * each is its dark variant, next to dark text its light one. A variant is on the same side as the text, so that nested use does not change it.
 */
export const tokens = css`
  :host {
    /* For browsers without relative colours: mixes that are readable next to dark and to light text. */
    --accent: var(--bg-fetch-accent, color-mix(in srgb, currentcolor 60%, #3b82f6));
    --on-accent: var(--bg-fetch-on-accent, #fff);
    --badge: var(--bg-fetch-accent, #1a5fd0);
    --success: var(--bg-fetch-success, color-mix(in srgb, currentcolor 60%, #22a05a));
    --warning: var(--bg-fetch-warning, color-mix(in srgb, currentcolor 60%, #d08a1e));
    --danger: var(--bg-fetch-danger, color-mix(in srgb, currentcolor 60%, #e5484d));
    --text: var(--bg-fetch-text, currentcolor);
    --muted: var(--bg-fetch-muted, color-mix(in srgb, currentcolor 80%, transparent));
    --track: var(--bg-fetch-track, color-mix(in srgb, currentcolor 14%, transparent));
    --border: var(--bg-fetch-border, color-mix(in srgb, currentcolor 20%, transparent));
    --surface: var(--bg-fetch-surface, Canvas);
    --on-surface: var(--bg-fetch-text, CanvasText);
    --radius: var(--bg-fetch-radius, 0.6em);
    --bar: var(--bg-fetch-bar-size, 4px);
    font-variant-numeric: tabular-nums;
    line-height: 1.4;
    text-align: start;
    text-align-last: auto;
    text-indent: 0;
    white-space: normal;
  }
  @supports (color: oklch(from currentcolor clamp(0, (l - 0.6) * 999, 1) 0 0 / 1)) {
    :host {
      /* 1 if the colour that another is derived from is light, else 0. */
      --is-light: clamp(0, (l - 0.6) * 999, 1);
      /* #1a5fd0 or #8ab4f8; the badge has its text colour on it, thus the other one of them. */
      --accent: var(
        --bg-fetch-accent,
        oklch(from currentcolor calc(0.514 + 0.252 * var(--is-light)) calc(0.187 - 0.079 * var(--is-light)) 260 / 1)
      );
      --badge: var(
        --bg-fetch-accent,
        oklch(from currentcolor calc(0.766 - 0.252 * var(--is-light)) calc(0.108 + 0.079 * var(--is-light)) 260 / 1)
      );
      /* #fff or #0b1c36. */
      --on-accent: var(
        --bg-fetch-on-accent,
        oklch(from var(--accent) calc(1 - 0.772 * var(--is-light)) calc(0.056 * var(--is-light)) 259 / 1)
      );
      /* #14743c or #7dd3a0. */
      --success: var(--bg-fetch-success, oklch(from currentcolor calc(0.493 + 0.306 * var(--is-light)) 0.115 155 / 1));
      /* #8a5300 or #f2b866. */
      --warning: var(--bg-fetch-warning, oklch(from currentcolor calc(0.494 + 0.325 * var(--is-light)) 0.115 71 / 1));
      /* #b3261e or #f2a29b. */
      --danger: var(
        --bg-fetch-danger,
        oklch(from currentcolor calc(0.501 + 0.288 * var(--is-light)) calc(0.178 - 0.082 * var(--is-light)) 27 / 1)
      );
      /* #5b5f67 or #a2a8b2. */
      --muted: var(--bg-fetch-muted, oklch(from currentcolor calc(0.485 + 0.245 * var(--is-light)) 0.015 263 / 1));
      /* #fff or #1d1f23. */
      --ground: oklch(from currentcolor calc(1 - 0.761 * var(--is-light)) calc(0.008 * var(--is-light)) 264 / 1);
      --surface: var(--bg-fetch-surface, var(--ground));
      /* #e6e7ea or #1b1c1f, also on a surface of the page; what shows through a translucent one is taken for the ground. */
      --on-surface: var(
        --bg-fetch-text,
        oklch(from color-mix(in oklab, var(--surface) 85%, var(--ground)) calc(0.928 - 0.701 * var(--is-light)) 0.005 271 / 1)
      );
    }
  }
  :host([hidden]) {
    display: none !important;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  .icon {
    display: block;
    inline-size: 1.35em;
    block-size: 1.35em;
    flex: none;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .check path {
    fill: currentcolor;
    fill-rule: evenodd;
    stroke: none;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  bdi {
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    :host {
      --accent: Highlight;
      --on-accent: HighlightText;
      --badge: Highlight;
      --success: CanvasText;
      --warning: CanvasText;
      --danger: CanvasText;
      --text: CanvasText;
      --muted: CanvasText;
      --track: GrayText;
      --border: ButtonBorder;
      --surface: Canvas;
      --on-surface: CanvasText;
    }
  }
`;
