/** What a test in a page may ask of the process that runs it. */
import type { Page } from 'playwright-core';
import type { BrowserCommand } from 'vitest/node';
import type { WebKitSession } from '../browsers/webkit-session.js';

/** A trusted click at viewport coordinates of the top page. Tests call `click()` of `click.ts`. */
export const trustedClick: BrowserCommand<[x: number, y: number]> = async (context, x, y) => {
  const { page, webkit } = context as { page?: Page; webkit?: WebKitSession };
  if (page) await page.mouse.click(x, y);
  else await webkit?.click(x, y);
};

/** A trusted press of Escape. */
export const trustedEscape: BrowserCommand = async (context) => {
  const { page, webkit } = context as { page?: Page; webkit?: WebKitSession };
  if (page) await page.keyboard.press('Escape');
  else await webkit?.press('\uE00C');
};
