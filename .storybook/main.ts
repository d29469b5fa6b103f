/** What the gallery is made of; it asks for nothing from outside. */
import type { StorybookConfig } from '@storybook/web-components-vite';
import { build } from 'esbuild';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import remarkGfm from 'remark-gfm';
import { MEDIA } from '../stories/live/media.js';
import { FILM } from '../stories/live/pretend-server.js';

/** Beside the stories: what they download, for the browser's own engine too, and the worker that plays the server. */
const PARTS = '.cache/gallery-parts';

await build({
  entryPoints: ['stories/live/gallery-worker.ts'],
  outdir: PARTS,
  bundle: true,
  format: 'iife',
  target: 'es2022',
  conditions: ['production'],
  logLevel: 'warning',
});
await mkdir(`${PARTS}/live`, { recursive: true });
for (const [name, medium] of MEDIA) await writeFile(`${PARTS}/live/${name}`, medium.read(0, medium.size));
await copyFile('stories/recipes/film.webm', `${PARTS}/live/${FILM}`);

const config: StorybookConfig = {
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.ts'],
  addons: [
    // MDX knows no tables by itself.
    { name: '@storybook/addon-docs', options: { mdxPluginOptions: { mdxCompileOptions: { remarkPlugins: [remarkGfm] } } } },
    '@storybook/addon-a11y',
  ],
  framework: { name: '@storybook/web-components-vite', options: {} },
  staticDirs: [`../${PARTS}`],
  // Lowered, `light-dark()` would follow the system instead of the scheme that is chosen.
  viteFinal: (config) => ({ ...config, build: { ...config.build, cssTarget: 'esnext' } }),
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
};

export default config;
