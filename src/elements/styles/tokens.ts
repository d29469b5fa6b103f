/** Shared custom properties for colours and sizes with their defaults, light and dark. */
import { css } from 'lit';

export const tokens = css`
  :host {
    --accent: var(--bg-fetch-accent, light-dark(#1a5fd0, #8ab4f8));
    --on-accent: var(--bg-fetch-on-accent, light-dark(#fff, #0b1c36));
    --success: var(--bg-fetch-success, light-dark(#14743c, #7dd3a0));
    --warning: var(--bg-fetch-warning, light-dark(#8a5300, #f2b866));
    --danger: var(--bg-fetch-danger, light-dark(#b3261e, #f2a29b));
    --text: var(--bg-fetch-text, light-dark(#1b1c1f, #e6e7ea));
    --muted: var(--bg-fetch-muted, light-dark(#5b5f67, #a2a8b2));
    --track: var(--bg-fetch-track, color-mix(in srgb, currentcolor 14%, transparent));
    --border: var(--bg-fetch-border, color-mix(in srgb, currentcolor 20%, transparent));
    --surface: var(--bg-fetch-surface, light-dark(#fff, #1d1f23));
    --radius: var(--bg-fetch-radius, 0.6em);
    --bar: var(--bg-fetch-bar-size, 4px);
    font-variant-numeric: tabular-nums;
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
      --success: CanvasText;
      --warning: CanvasText;
      --danger: CanvasText;
      --text: CanvasText;
      --muted: CanvasText;
      --track: GrayText;
      --border: ButtonBorder;
      --surface: Canvas;
    }
  }
`;
