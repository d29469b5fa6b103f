/** Options of `cem analyze`, which writes `custom-elements.json` from the JSDoc tags of the elements. */
import { publicApi } from './tools/manifest.js';

export default {
  globs: [
    'src/elements/*.ts',
    '!src/elements/renderer.ts',
    'src/elements/*/bg-fetch-*.ts',
    'src/elements/base/*-element.ts',
    'src/define/*.ts',
  ],
  outdir: '.',
  litelement: true,
  plugins: [publicApi()],
};
