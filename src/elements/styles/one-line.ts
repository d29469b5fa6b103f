/** Styles of a title in one line, which is cut at its end in its own text direction. */
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
