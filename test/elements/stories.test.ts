/** Every story, light and dark, from the left and from the right, as axe sees it. */
/// <reference types="vite/client" />
import { fixture, html } from '@open-wc/testing';
import { LitElement, type TemplateResult } from 'lit';
import { describe, expect, it } from 'vitest';
import { nextFrame } from './puppet.js';

interface Story {
  readonly render?: () => TemplateResult;
}

const modules = import.meta.glob<Readonly<Record<string, Story>>>(['../../stories/*.stories.ts', '!**/live.stories.ts'], {
  eager: true,
});

const THEMES = [
  { name: 'light', style: 'color-scheme: light; background: #f6f7f9; color: #1b1c1f', dir: 'ltr' },
  { name: 'dark, from the right', style: 'color-scheme: dark; background: #121316; color: #e6e7ea', dir: 'rtl' },
];

for (const [path, stories] of Object.entries(modules)) {
  describe(path, () => {
    for (const [name, { render }] of Object.entries(stories)) {
      if (!render) continue;
      it.each(THEMES)(`has nothing that axe finds in ${name}, $name`, async ({ style, dir }) => {
        const place = await fixture(html`<div style=${style} dir=${dir}>${render()}</div>`);
        for (const element of place.querySelectorAll('*')) if (element instanceof LitElement) await element.updateComplete;
        await nextFrame();
        await expect(place).to.be.accessible();
      });
    }
  });
}

it('would notice words too pale to read', async () => {
  const { AHandful } = modules['../../stories/list.stories.ts']!;
  const place = await fixture(html`<div style="--bg-fetch-muted: #bbb; color-scheme: light">${AHandful!.render!()}</div>`);
  await nextFrame();
  await expect(expect(place).to.be.accessible()).rejects.toThrow('color-contrast');
});
