/** Styles of a button that shows a download. */
import { css } from 'lit';

export const face = css`
  .pair:has(.word) {
    flex-wrap: wrap;
  }
  .main .ring {
    inline-size: 1.6em;
    block-size: 1.6em;
    margin: -0.1em;
  }
  .main:is(.aborted, .evicted) .icon {
    color: var(--accent);
  }
  .main.done {
    border-color: transparent;
    background: color-mix(in srgb, var(--success) 12%, var(--surface));
  }
  .main.done .icon {
    color: var(--success);
  }
  .main.failed :is(.icon, .label) {
    color: var(--danger);
  }
  .main.stalled :is(.icon, .label) {
    color: var(--warning);
  }
  .main.stalled .value {
    stroke: var(--warning);
  }
  .main.paused .value {
    stroke: var(--muted);
  }
  @media (forced-colors: active) {
    .main.done {
      border-color: ButtonBorder;
      background: ButtonFace;
    }
  }
`;
