/** The box around a list. */
import { css } from 'lit';

export const panel = css`
  :host {
    display: block;
    color: var(--text);
  }
  .panel {
    border: 1px solid var(--border);
    border-radius: calc(var(--radius) * 1.5);
    background: var(--surface);
    overflow: hidden;
  }
  .heading {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    min-block-size: 2.4em;
    padding-block-start: 0.5em;
    padding-inline: 1em 0.6em;
    color: var(--muted);
    font-size: 0.87em;
  }
  .heading .word {
    font-size: 1em;
  }
  .chunk > * {
    /* What changes in one row moves no other. (With content-visibility Firefox takes rows out of view for empty ones.) */
    contain: layout style;
  }
  .busy {
    /* Hundreds of bars that glide are hundreds of animations a second. */
    --glide: 0s;
  }
  .line {
    border-block-start: 1px solid color-mix(in srgb, currentcolor 8%, transparent);
  }
  .empty {
    padding: 2.2em 1em;
    color: var(--muted);
    text-align: center;
  }
  .empty .icon {
    margin: 0 auto 0.5em;
    inline-size: 2em;
    block-size: 2em;
  }
`;
