/** A title in one line: what is too long is cut at its own end, whichever way it and the page run. */
import { css } from 'lit';

export const oneLine = css`
  .one-line {
    min-inline-size: 0;
    white-space: nowrap;
  }
  .one-line bdi {
    display: block;
    inline-size: fit-content;
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
  }
`;
