/** Styles of the storage meter and its lines. */
import { css } from 'lit';

export const storage = css`
  .panel {
    container-type: inline-size;
    padding: 1em;
  }
  .sum {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 1em;
    margin-block-end: 0.6em;
  }
  .sum b {
    font-weight: 600;
  }
  .free,
  .note {
    color: var(--muted);
  }
  .note.bad {
    color: var(--danger);
  }
  .meter {
    display: flex;
    gap: 2px;
    block-size: 10px;
    border-radius: 6px;
    background: var(--track);
    overflow: hidden;
  }
  .segment {
    inline-size: calc(var(--share) * 1%);
    min-inline-size: 2px;
    background: var(--colour);
  }
  .c0 {
    --colour: #1a7fc4;
  }
  .c1 {
    --colour: #8b5fc9;
  }
  .c2 {
    --colour: #3d8f62;
  }
  .c3 {
    --colour: #b8702a;
  }
  .c4 {
    --colour: #c2557f;
  }
  .c5 {
    --colour: #2b8f95;
  }
  .rest {
    --colour: var(--muted);
  }
  ul {
    display: grid;
    margin: 0.6em 0 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto minmax(2.1em, auto);
    gap: 0.7em;
    align-items: center;
    min-block-size: 2.6em;
  }
  .dot {
    inline-size: 10px;
    block-size: 10px;
    border-radius: 3px;
    background: var(--colour);
  }
  .foot {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1em;
    margin-block-start: 0.7em;
    padding-block-start: 0.6em;
    border-block-start: 1px solid color-mix(in srgb, currentcolor 8%, transparent);
  }
  .note {
    font-size: 0.9em;
  }
  @container (max-width: 13em) {
    li {
      grid-template-columns: auto minmax(0, 1fr) auto;
      gap: 0 0.7em;
    }
    .size {
      grid-area: 2 / 2;
    }
    .foot {
      display: block;
    }
  }
  @media (forced-colors: active) {
    .meter {
      border: 1px solid CanvasText;
      background: Canvas;
    }
    .segment,
    .dot {
      forced-color-adjust: none;
    }
  }
`;
