/** Whole small pages that really download; the gallery's worker plays their server. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { live, workerReady } from '../live/stage.js';
import { course } from './course.js';
import { film } from './film.js';
import { map } from './map.js';
import { podcast } from './podcast.js';
import css from './recipes.css?raw';
import { toolbar } from './toolbar.js';

export default { title: 'Recipes', tags: ['!autodocs'], loaders: [workerReady] } satisfies Meta;

function cooked(page: () => TemplateResult): StoryObj {
  return {
    render: () =>
      html`<style>
          ${css}</style
        >${live(page())}`,
  };
}

export const Podcast = cooked(podcast);
export const Course = cooked(course);
export const Film = cooked(film);
export const Map = cooked(map);
export const Toolbar = cooked(toolbar);
