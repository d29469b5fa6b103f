/**
 * Builds the neighbours named on the command line (all, without a name) into `out/`, each with the tools its people use.
 * Runs in the folder where their packages are installed.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import esbuild from 'esbuild';
import { rollup } from 'rollup';
import { build as vite } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import solid from 'vite-plugin-solid';
import webpack from 'webpack';

const app = (name) => resolve('apps', name);
const out = (name) => resolve('out', name);

const PRECACHED = ['**/*.{js,css,html,json}'];

const BUILDS = {
  vite: (name) => withVite(name, 'plain'),
  async rollup(name) {
    const bundle = await rollup({ input: `${app('plain')}/main.js`, plugins: [nodeResolve({ browser: true })] });
    await bundle.write({ dir: out(name), format: 'es' });
    cpSync(`${app('plain')}/index.html`, `${out(name)}/index.html`);
  },
  async esbuild(name) {
    await bundle(name, `${app('plain')}/main.js`);
    cpSync(`${app('plain')}/index.html`, `${out(name)}/index.html`);
  },
  /** For old browsers: esbuild replaces syntax by calls of helper functions, which `Function.prototype.toString()` does not contain. */
  async 'old-syntax'(name) {
    const supported = { 'async-await': false, 'object-rest-spread': false };
    await bundle(name, `${app('plain')}/main.js`, { target: 'es2017', supported, keepNames: true });
    cpSync(`${app('plain')}/index.html`, `${out(name)}/index.html`);
  },
  async webpack(name) {
    const compiler = webpack({
      mode: 'production',
      context: app('plain'),
      entry: './main.js',
      output: { path: out(name), filename: 'main.js' },
      performance: false,
    });
    const stats = await new Promise((done, fail) => {
      compiler.run((error, result) => (error ? fail(error) : done(result)));
    });
    if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
    cpSync(`${app('plain')}/index.html`, `${out(name)}/index.html`);
  },
  parcel: (name) =>
    program('parcel/lib/bin.js', [
      'build',
      `${app('plain')}/index.html`,
      '--dist-dir',
      out(name),
      '--no-cache',
      '--no-source-maps',
    ]),
  'script-tag': (name) => copied(name),
  react: (name) => withVite(name),
  preact: (name) => withVite(name, name, { oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } }),
  solid: (name) => withVite(name, name, { plugins: [solid()] }),
  vue: (name) =>
    withVite(name, name, {
      plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('bg-fetch-') } } })],
    }),
  svelte: (name) => withVite(name, name, { plugins: [svelte({ configFile: false })] }),
  angular: () => angular(''),
  /** With zone.js, for which Angular rewrites async functions; not optimized, which takes as long again and changes nothing of that. */
  'angular-zone': () => angular('zone'),
  async 'lit-ssr'(name) {
    await bundle(name, `${app(name)}/main.js`);
    const page = program(resolve('apps/lit-ssr/render.js'), [], '.', 'pipe');
    writeFileSync(`${out(name)}/index.html`, page);
  },
  next: (name) => inProduction('next/dist/bin/next', name),
  sveltekit: (name) => inProduction('vite/bin/vite.js', name),
  workbox: (name) =>
    withVite(name, name, {
      plugins: [
        VitePWA({
          ...{ strategies: 'injectManifest', srcDir: '.', filename: 'sw.js', injectRegister: false, manifest: false },
          injectManifest: { globPatterns: PRECACHED },
        }),
      ],
    }),
  /** The worker that Workbox writes itself: other scripts can only be first. */
  'workbox-generated': (name) =>
    withVite(name, 'workbox', {
      plugins: [
        VitePWA({
          strategies: 'generateSW',
          filename: 'sw.js',
          injectRegister: false,
          manifest: false,
          workbox: {
            importScripts: ['/bg-fetch-elements/service-worker.js'],
            navigateFallbackDenylist: [/^\/files\//],
            globPatterns: PRECACHED,
            skipWaiting: true,
          },
        }),
      ],
    }),
  'own-worker': (name) => copied(name),
  callback: (name) => withVite(name),
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(BUILDS);
for (const name of names) {
  const started = Date.now();
  mkdirSync(out(name), { recursive: true });
  await BUILDS[name](name);
  // As a site's own build would: the worker to the root, the files for a script tag beside it.
  program('bg-fetch-elements/bin/copy-service-worker.js', ['copy-service-worker', out(name)], '.', 'pipe');
  cpSync('node_modules/bg-fetch-elements/dist/cdn', `${out(name)}/bg-fetch-elements`, { recursive: true });
  console.log(`${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

async function withVite(name, root = name, config = {}) {
  await vite({
    ...config,
    root: app(root),
    configFile: false,
    logLevel: 'warn',
    build: { outDir: out(name), emptyOutDir: true, target: 'esnext' },
  });
}

function angular(configuration) {
  return program('@angular/cli/bin/ng.js', ['build', `--configuration=${configuration}`], app('angular'));
}

/** The `NODE_ENV` of a test run would make it a build with warnings for developers. */
function inProduction(path, name) {
  Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' });
  return program(path, ['build'], app(name), 'ignore');
}

async function bundle(name, entry, options = {}) {
  await esbuild.build({
    entryPoints: [entry],
    outdir: out(name),
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
    ...options,
  });
}

function copied(name) {
  cpSync(app(name), out(name), { recursive: true });
}

function program(path, args, cwd = '.', stdout = 'inherit') {
  const file = path.startsWith('/') ? path : resolve('node_modules', path);
  const { status, stdout: said } = spawnSync(process.execPath, [file, ...args], {
    cwd,
    stdio: ['ignore', stdout, 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${path} ended with ${status}.`);
  return said ?? '';
}
