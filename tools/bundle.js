/** Bundles for browsers, as a site's own bundler would. */
import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';
import { minify } from 'terser';
import { build, mergeConfig } from 'vite';

/** Notices that the licenses of dependencies ask for, by package: a script that is copied alone keeps them. */
const NOTICES = new Map([
  ['comlink', 'Comlink, Copyright 2019 Google LLC, Apache License 2.0, https://www.apache.org/licenses/LICENSE-2.0'],
  ['@noble/hashes', 'noble-hashes, Copyright (c) 2022 Paul Miller, MIT License, https://opensource.org/license/mit'],
]);

/**
 * Modules for pages: what loads at first in one file, what loads on demand in others. Each entry gets its name in `outDir`, as one line
 * that imports the rest from `chunks/`: chunks import each other, and a page may know the entry by another address than they would.
 * @param {Record<string, string>} entries
 * @param {string} outDir emptied before
 */
export function bundle(entries, outDir) {
  return vite(outDir, {
    plugins: [smallStyles, entryFiles],
    build: {
      license: { fileName: 'licenses.md' },
      // Without `lib` Vite adds its own loader around each `import()`.
      lib: { entry: entries, formats: ['es'] },
      rolldownOptions: {
        preserveEntrySignatures: false,
        output: { entryFileNames: 'chunks/[name]-[hash].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
}

/**
 * One script without imports: a classic one, which a worker can import, or a module.
 * @param {string} name of the file, without `.js`
 * @param {string} entry
 * @param {string} outDir
 * @param {'iife' | 'es'} format
 */
export function bundleScript(name, entry, outDir, format = 'iife') {
  return vite(outDir, {
    plugins: [head],
    build: {
      emptyOutDir: false,
      lib: { entry: { [name]: entry }, formats: [format], name: 'worker' },
      rolldownOptions: { output: { entryFileNames: '[name].js' } },
    },
  });
}

/**
 * @param {string} outDir
 * @param {import('vite').UserConfig} config
 */
async function vite(outDir, config) {
  /** @type {import('vite').InlineConfig} */
  const common = {
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [smallScripts],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: { output: { minify: true, comments: false }, checks: { pluginTimings: false } },
    },
  };
  await build(mergeConfig(common, config));
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
      // As text, an escape of CSS would be read as one of JavaScript.
      const { code: small } = await transform(parts[i] ?? '', { loader: 'css', minify: true, charset: 'utf8' });
      parts[i] = `css\`${small.trim().replaceAll('\\', '\\\\')}\``;
    }
    return { code: parts.join(''), map: null };
  },
};

/**
 * Once more: for the worker's script that is 2 % less to send.
 * @type {import('vite').Plugin}
 */
const smallScripts = {
  name: 'small-scripts',
  async generateBundle({ format }, files) {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk') continue;
      const { code } = await minify(file.code, { ecma: 2020, module: format === 'es', compress: { passes: 10 } });
      file.code = code ?? file.code;
    }
  },
};

/**
 * Begins each script with one line: its package, by which `copy-service-worker` recognises it, and the licenses of its code.
 * @type {import('vite').Plugin}
 */
const head = {
  name: 'head',
  generateBundle(_options, files) {
    /** @type {{ name: string, version: string }} */
    const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk') continue;
      const notices = [...new Set(file.moduleIds.flatMap(packageOf))].map(noticeOf);
      const all = [`${name} ${version}, Copyright (c) 2026 The ${name} authors, MIT License`, ...notices];
      file.code = `/*! ${all.join('. Contains ')}. */\n${file.code}`;
    }
  },
};

/**
 * Returns the name of the installed package that a module belongs to.
 * @param {string} module
 */
function packageOf(module) {
  const [, name] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(module) ?? [];
  return name ? [name] : [];
}

/** @param {string} name of a package */
function noticeOf(name) {
  const notice = NOTICES.get(name);
  if (!notice) throw new Error(`Failed to bundle "${name}": its license notice is missing. Add it to NOTICES.`);
  return notice;
}

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
