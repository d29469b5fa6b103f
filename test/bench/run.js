/** `npm run bench`: bundles each benchmark and runs it; `npm run bench -- engine firefox` runs one, in one browser. */
import { build } from 'esbuild';
import { readdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = new URL('.', import.meta.url);
const [only, ...rest] = process.argv.slice(2);

for (const file of (await readdir(here)).filter((name) => name.endsWith('.bench.ts'))) {
  const name = file.slice(0, -'.bench.ts'.length);
  if (only && only !== name) continue;
  const outfile = fileURLToPath(new URL(`../../.cache/bench/${name}.mjs`, import.meta.url));
  await build({
    entryPoints: [fileURLToPath(new URL(file, here))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  /** @type {{ run(browsers: string[]): Promise<void> }} */
  const bench = await import(pathToFileURL(outfile).href);
  await bench.run(rest);
}
process.exit(0);
