/** Styles of the toolbar button and its popover. */
import { css } from 'lit';

export const indicator = css`
  :host {
    display: inline-block;
    color: var(--text);
  }
  .tool {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 2.93em;
    block-size: 2.93em;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: color-mix(in srgb, currentcolor 6%, transparent);
  }
  .tool:hover {
    background: color-mix(in srgb, currentcolor 11%, transparent);
  }
  .tool .icon {
    inline-size: 2em;
    block-size: 2em;
  }
  .tool.done {
    color: var(--success);
  }
  .tool.failed {
    color: var(--danger);
  }
  .tool.paused .value {
    stroke: var(--muted);
  }
  .tool:is(.stalled, .waiting) .value {
    stroke: var(--warning);
  }
  .count {
    position: absolute;
    inset-block-start: -0.2em;
    inset-inline-end: -0.2em;
    display: grid;
    place-items: center;
    min-inline-size: 1.5em;
    block-size: 1.5em;
    padding-inline: 0.35em;
    border-radius: 1em;
    background: var(--badge);
    color: var(--on-accent);
    font-size: 0.73em;
    font-weight: 650;
  }
  .popover {
    position: fixed;
    inset: auto;
    inline-size: min(28em, 100vw - 16px);
    max-block-size: min(36em, 100vh - 16px);
    box-sizing: border-box;
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: calc(var(--radius) * 1.5);
    background: var(--surface);
    color: var(--on-surface);
    box-shadow: 0 6px 24px rgb(0 0 0 / 0.2);
    overflow: auto;
  }
  @media (forced-colors: active) {
    .tool {
      border: 1px solid ButtonBorder;
      background: ButtonFace;
      color: ButtonText;
    }
    .popover {
      border: 1px solid CanvasText;
    }
    .count {
      forced-color-adjust: none;
    }
  }
`;
