/** Styles of the progress ring. */
import { css } from 'lit';

export const ringStyles = css`
  .ring circle {
    stroke-width: 2.4;
  }
  .track {
    stroke: var(--track);
  }
  .value {
    stroke: var(--accent);
    stroke-dasharray: 100;
    rotate: -90deg;
    transform-origin: center;
    transition: stroke-dashoffset 0.3s linear;
  }
  .turning .value {
    animation: turn 1s linear infinite;
  }
  .glyph {
    fill: currentcolor;
    stroke: none;
  }
  @keyframes turn {
    to {
      rotate: 270deg;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .value {
      transition: none;
    }
    .turning .value {
      animation-duration: 4s;
    }
  }
  @media (forced-colors: active) {
    .ring .track {
      stroke: CanvasText;
      stroke-width: 0.8;
    }
    .ring .value {
      stroke-width: 4;
    }
  }
`;
