/** Styles of the progress bar and the words under it. */
import { css } from 'lit';

export const bar = css`
  .bar {
    block-size: var(--bar);
    border-radius: var(--bar);
    background: var(--track);
    overflow: hidden;
  }
  .fill {
    /* One pixel wider than the bar, so that its round end is hidden at 0. */
    inline-size: calc(100% + 1px);
    margin-inline-start: -1px;
    block-size: 100%;
    border-radius: inherit;
    background: var(--accent);
    /* Percentages only: WebKitGTK 2.50 crashes if a calc() with other units is animated (docs/decisions/0018). */
    --shift: calc((var(--value, 0) - 100) * 1%);
    translate: var(--shift);
    transition: translate var(--glide, 0.3s) linear;
  }
  .bar:dir(rtl) .fill {
    translate: calc(-1 * var(--shift));
  }
  .indeterminate .fill {
    inline-size: 30%;
    translate: none;
    animation: pass 1.6s ease-in-out infinite alternate;
  }
  @keyframes pass {
    from {
      margin-inline-start: 0;
    }
    to {
      margin-inline-start: 70%;
    }
  }
  .hold .fill {
    background: var(--muted);
  }
  .good .fill {
    background: var(--success);
  }
  .slow .fill {
    background: var(--warning);
  }
  .words {
    overflow: hidden;
    font-size: 0.87em;
    color: var(--muted);
  }
  .words b {
    font-weight: inherit;
  }
  .words:is(.downloading, .paused) b {
    font-weight: 600;
  }
  .words.downloading {
    color: inherit;
  }
  .words.downloading .detail {
    color: var(--muted);
  }
  .words.good b {
    color: var(--success);
  }
  .words.slow b {
    color: var(--warning);
  }
  .words.bad b {
    color: var(--danger);
  }
  .words b,
  .detail {
    unicode-bidi: isolate;
  }
  .detail {
    display: inline-block;
    margin-inline: -0.6em 0.6em;
    padding-inline-start: 0.6em;
  }
  .detail::before {
    /* A separator at the start of a line is outside of the box, and thereby hidden; further lines of a detail are inside. */
    content: '·';
    display: inline-block;
    inline-size: 0.6em;
    margin-inline-start: -0.6em;
  }
  .words b:not(:only-child) {
    margin-inline-end: 0.6em;
  }
  .downloading b + .detail {
    margin-inline-start: 0;
    padding-inline-start: 0;
  }
  .downloading b + .detail::before {
    content: none;
  }
  .words.downloading b:not(:only-child) {
    margin-inline-end: 0;
  }
  @media (prefers-reduced-motion: reduce) {
    .fill {
      transition: none;
    }
    .indeterminate .fill {
      animation-duration: 6s;
    }
  }
  @media (forced-colors: active) {
    .bar {
      block-size: calc(var(--bar) + 4px);
      border: 1px solid CanvasText;
      background: Canvas;
    }
    .fill {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
