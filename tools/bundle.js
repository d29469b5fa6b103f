/** Bundles for pages, as a site's own bundler would: what loads at first in one file, what loads on demand in others. */
import { transform } from 'esbuild';
import { build } from 'vite';

/**
 * Writes each entry to `outDir` under its name, as one line that imports the rest from `chunks/`: chunks import each other, and a page
 * may know the entry by another address than they would.
 * @param {Record<string, string>} entries
 * @param {string} outDir
 */
export async function bundle(entries, outDir) {
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [smallStyles, entryFiles],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      license: { fileName: 'licenses.md' },
      // Without this Vite adds its own loader around each `import()`.
      lib: { entry: entries, formats: ['es'] },
      rolldownOptions: {
        preserveEntrySignatures: false,
        output: {
          minify: true,
          comments: false,
          entryFileNames: 'chunks/[name]-[hash].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  });
}

/**
 * Minifies the styles of elements that are written without a hole or an escape.
 * @type {import('vite').Plugin}
 */
const smallStyles = {
  name: 'small-styles',
  async transform(code, id) {
    if (!id.includes('/src/elements/')) return null;
    const parts = code.split(/\bcss`([^`$\\]*)`/);
    for (let i = 1; i < parts.length; i += 2) {
      const { code: small } = await transform(parts[i] ?? '', { loader: 'css', minify: true });
      parts[i] = `css\`${small.trim()}\``;
    }
    return { code: parts.join(''), map: null };
  },
};

/** @type {import('vite').Plugin} */
const entryFiles = {
  name: 'entry-files',
  generateBundle(_options, files) {
    for (const file of Object.values(files)) {
      if (file.type === 'chunk' && file.isEntry)
        this.emitFile({ type: 'asset', fileName: `${file.name}.js`, source: `import"./${file.fileName}";\n` });
    }
  },
};
