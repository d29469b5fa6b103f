/** Styles of the menu. */
import { css } from 'lit';

export const menuStyles = css`
  @supports not selector(:popover-open) {
    [popover] {
      display: none;
    }
  }
  .menu {
    position: fixed;
    inset: auto;
    box-sizing: border-box;
    max-block-size: calc(100vh - 16px);
    overflow: auto;
    margin: 0;
    padding: 0.3em;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--on-surface);
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.18);
  }
  .menu [role='menuitem'] {
    display: flex;
    align-items: center;
    gap: 0.6em;
    inline-size: 100%;
    min-block-size: 2.3em;
    padding: 0.3em 0.9em 0.3em 0.6em;
    border: 0;
    border-radius: calc(var(--radius) * 0.6);
    background: none;
    text-align: start;
    white-space: nowrap;
  }
  .menu [role='menuitem']:focus-visible {
    outline-offset: -2px;
  }
  .menu [role='menuitem']:is(:hover, :focus-visible) {
    background: color-mix(in srgb, currentcolor 8%, transparent);
  }
  .menu .icon {
    color: var(--muted);
  }
`;
