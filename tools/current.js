/** Checks that the generated files in git (the manifest, `api.md`, the dedicated worker) are up to date. */
import { spawnSync } from 'node:child_process';

const MADE = ['custom-elements.json', 'api.md', 'src/engine/in-page/transport/opfs-worker/source.ts'];

const { status } = spawnSync('git', ['diff', '--exit-code', '--stat', '--', ...MADE], { stdio: 'inherit' });
if (status !== 0) {
  console.error(`One of ${MADE.join(', ')} is out of date: run npm run build, look at the difference, and commit it.`);
  process.exitCode = 1;
}
