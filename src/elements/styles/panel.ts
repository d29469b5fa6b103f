/** Styles of a list. */
import { css } from 'lit';

export const panel = css`
  :host {
    display: block;
  }
  .panel {
    border: 1px solid var(--border);
    border-radius: calc(var(--radius) * 1.5);
    background: var(--surface);
    color: var(--on-surface);
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
  [role='list'] {
    /* All rows are as wide as their group: one query container is enough. */
    container-type: inline-size;
  }
  [role='listitem'] {
    container-type: normal;
    /* A change in one row does not affect the layout of others. No content-visibility because of Firefox 153 (docs/decisions/0018). */
    contain: layout style paint;
  }
  .gap {
    /* Placeholder of rows that are scrolled past quickly: icon and title. */
    --shade: color-mix(in srgb, currentcolor 8%, transparent);
    background:
      linear-gradient(transparent 25%, var(--shade) 0 75%, transparent 0) 1em 0 / 2.93em var(--row) repeat-y,
      linear-gradient(transparent 40%, var(--shade) 0 55%, transparent 0) 4.8em 0 / min(14em, 45%) var(--row) repeat-y;
  }
  .gap:dir(rtl) {
    background-position-x: calc(100% - 1em), calc(100% - 4.8em);
  }
  .busy {
    /* Hundreds of animated bars would be hundreds of animations per second. */
    --glide: 0s;
  }
  .line {
    border-block-start: 1px solid color-mix(in srgb, currentcolor 8%, transparent);
  }
  .problem {
    padding: 0.6em 1em;
    color: var(--danger);
    font-size: 0.87em;
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
