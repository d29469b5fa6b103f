/** Styles of a button before its download starts. */
import { css } from 'lit';

export const button = css`
  :host {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0.25em 0.6em;
    align-items: center;
    vertical-align: middle;
    max-inline-size: 100%;
  }
  .pair {
    display: inline-flex;
    gap: 0.25em 0.4em;
    align-items: center;
    max-inline-size: 100%;
  }
  .main {
    display: inline-flex;
    align-items: center;
    gap: 0.55em;
    min-block-size: 2.7em;
    max-inline-size: 100%;
    padding-block: 0.4em;
    padding-inline: 0.65em 0.9em;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--on-surface);
    text-align: start;
    text-decoration: none;
    line-height: 1.3;
  }
  .main:hover {
    background: color-mix(in srgb, currentcolor 5%, var(--surface));
  }
  .main[aria-disabled='true'] {
    cursor: default;
  }
  .main:disabled {
    opacity: 0.55;
    cursor: not-allowed;
  }
  .main.idle .icon {
    color: var(--accent);
  }
  button.main.problem :is(.icon, .label) {
    color: var(--danger);
  }
  .refusal {
    display: inline-flex;
    gap: 0.4em;
    align-items: center;
    min-inline-size: 0;
    color: var(--danger);
    font-size: 0.87em;
    overflow-wrap: anywhere;
  }
  .text {
    min-inline-size: 0;
    overflow-wrap: break-word;
  }
  .label,
  .detail {
    unicode-bidi: isolate;
  }
  .detail {
    margin-inline-start: 0.1em;
    color: var(--muted);
  }
  .detail::before {
    content: '· ';
  }
  @media (forced-colors: active) {
    .main {
      border: 1px solid ButtonBorder;
      background: ButtonFace;
      color: ButtonText;
    }
  }
`;
