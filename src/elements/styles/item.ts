/** Styles of a row: icon, title, progress, words, actions. */
import { css } from 'lit';

export const item = css`
  :host {
    display: block;
    color: var(--text);
    container-type: inline-size;
  }
  .row {
    display: grid;
    /* Wide commands wrap and leave room for the words. */
    grid-template-columns: auto minmax(min(9em, 45%), 1fr) auto;
    gap: 0 0.85em;
    align-items: center;
    padding: 0.6em 1em;
  }
  .art {
    display: grid;
    place-items: center;
    inline-size: 2.93em;
    block-size: 2.93em;
    border-radius: 0.5em;
    overflow: hidden;
    color: #fff;
    font-weight: 650;
  }
  .art img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .c0 {
    background: linear-gradient(140deg, #1565c0, #007f8a);
  }
  .c1 {
    background: linear-gradient(140deg, #6a3fb5, #b03a78);
  }
  .c2 {
    background: linear-gradient(140deg, #2f6f4f, #4f7d2c);
  }
  .c3 {
    background: linear-gradient(140deg, #8d5b1e, #a8641a);
  }
  .c4 {
    background: linear-gradient(140deg, #555c66, #6a727d);
  }
  .c5 {
    background: linear-gradient(140deg, #a23b3b, #b0506a);
  }
  .name {
    display: block;
    font-weight: 600;
    line-height: 1.4;
  }
  .bar {
    margin-block: 0.4em 0.3em;
  }
  .words {
    display: block;
    overflow-wrap: break-word;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
  }
  .actions .chevron {
    transition: rotate 0.2s;
  }
  [aria-expanded='true'] .chevron {
    rotate: 180deg;
  }
  .files {
    grid-column: 2 / -1;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.2em;
    margin: 0;
    padding: 0.35em 0 0.1em;
    color: var(--muted);
    font-size: 0.87em;
    list-style: none;
  }
  .storage {
    grid-column: 1 / -1;
    margin-block-start: 0.6em;
  }
  .files li {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 1em;
  }
  .files span:first-child {
    flex: 1 1 5em;
  }
  .files span:last-child {
    flex: none;
  }
  .files .good {
    color: var(--success);
  }
  .files .bad {
    color: var(--danger);
  }
  @container (max-width: 30em) {
    /* A long label would leave no room for the title. */
    .row:has([data-action='move'], [data-action='free']) {
      grid-template-columns: auto minmax(0, 1fr);
    }
    .row:has([data-action='move'], [data-action='free']) > .actions {
      grid-column: 2;
      justify-content: flex-start;
      margin-inline-start: -0.5em;
    }
  }
  @container (max-width: 19em) {
    .row {
      grid-template-columns: auto minmax(0, 1fr);
    }
    .icon-box {
      align-self: start;
    }
    .actions {
      grid-column: 2;
      justify-content: flex-start;
      margin-inline-start: -0.5em;
    }
    .files {
      grid-column: 1 / -1;
    }
  }
  @container (max-width: 12em) {
    .row {
      grid-template-columns: minmax(0, 1fr);
    }
    .icon-box {
      display: none;
    }
    .actions {
      grid-column: 1;
    }
  }
  @media (forced-colors: active) {
    .art {
      border: 1px solid CanvasText;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .actions .chevron {
      transition: none;
    }
  }
`;
