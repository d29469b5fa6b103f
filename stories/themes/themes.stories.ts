/** The same page in four designs, by parts, states and properties alone. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import bare from './bare.css?raw';
import bootstrap from './bootstrap.css?raw';
import material from './material.css?raw';
import { page } from './page.js';
import webAwesome from './web-awesome.css?raw';

export default { title: 'Themes', tags: ['!autodocs'], parameters: { layout: 'fullscreen' } } satisfies Meta;

function dressed(theme: string, css: string): StoryObj {
  return {
    render: () =>
      html`<style>
          ${css}</style
        >${page(theme)}`,
  };
}

export const Material = dressed('material', material);
export const Bootstrap = dressed('bootstrap', bootstrap);
export const WebAwesome = dressed('web-awesome', webAwesome);

/** The browser's own serifs and buttons: what the elements are where nobody has a style for them. */
export const Bare = dressed('bare', bare);
