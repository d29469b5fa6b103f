/** `npm start`: installs what is missing, builds, and serves the sample site and the gallery until Ctrl-C. `PORT` chooses another port. */
import { buildGallery } from './gallery.js';
import { packagesReady } from './ready.js';
import { run } from './run.js';

const SITE = '.cache/site.mjs';

await packagesReady();
console.log('Building…');
const { build } = await import('esbuild');
await build({
  entryPoints: ['site/serve.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  outfile: SITE,
});
/** @type {typeof import('../site/serve.js')} */
const { makeMedia, serveSite } = await import(new URL(`../${SITE}`, import.meta.url).href);
const [media] = await Promise.all([makeMedia('.cache/site'), run('tools/build.js', []).then(buildGallery)]);

const server = await serveOnFreePort(Number(process.env.PORT) || 8080, process.env.PORT ? 1 : 20);
const address = server.address();
console.log(`\n  http://localhost:${typeof address === 'object' ? address?.port : address}/\n\n  Ctrl-C ends it.`);
process.once('SIGINT', () => process.exit());

/**
 * @param {number} port
 * @param {number} tries
 * @returns {Promise<import('node:http').Server>}
 */
async function serveOnFreePort(port, tries) {
  try {
    return await serveSite(port, media);
  } catch (error) {
    if (tries > 1 && error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      return serveOnFreePort(port + 1, tries - 1);
    throw error;
  }
}
