/** Bundles the dedicated worker of the in-page engine to `source.ts`: a module with its text, which starts from a `blob:` URL in any site. */
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const FOLDER = 'src/engine/in-page/transport/opfs-worker';
const FILE = `${FOLDER}/source.ts`;

const { outputFiles } = await build({
  entryPoints: [`${FOLDER}/index.ts`],
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  write: false,
});
const text = JSON.stringify(outputFiles[0]?.text.trim());
const module = `/** Made by \`tools/opfs-worker.js\`. */\nexport const WORKER_SOURCE =\n  ${text};\n`;
if (module !== readFileSync(FILE, { encoding: 'utf8', flag: 'a+' })) writeFileSync(FILE, module);
