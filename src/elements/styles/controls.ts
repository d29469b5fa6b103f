/** Styles of the commands of a download: icon buttons, and labels that look like links. */
import { css } from 'lit';

export const controls = css`
  .play path {
    fill: currentcolor;
  }
  .pause {
    stroke-width: 2.4;
  }
  .more {
    stroke-width: 3;
  }
  .quiet {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: max(2.1em, 24px);
    block-size: max(2.1em, 24px);
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--muted);
  }
  .quiet:hover {
    background: var(--track);
    color: var(--text);
  }
  .word {
    min-block-size: 24px;
    padding: 0.35em 0.6em;
    border: 0;
    border-radius: 0.4em;
    background: none;
    color: var(--accent);
    font-size: 0.93em;
    white-space: nowrap;
  }
  .word:hover {
    background: color-mix(in srgb, var(--accent) 10%, transparent);
  }
  @media (forced-colors: active) {
    .quiet,
    .word {
      color: ButtonText;
    }
    .word {
      text-decoration: underline;
    }
  }
`;
