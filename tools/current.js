/** Says whether what is made from the source and kept in git (`custom-elements.json`, `api.md`) is what this source makes. */
import { spawnSync } from 'node:child_process';

const MADE = ['custom-elements.json', 'api.md'];

const { status } = spawnSync('git', ['diff', '--exit-code', '--stat', '--', ...MADE], { stdio: 'inherit' });
if (status !== 0) {
  console.error(`${MADE.join(' or ')} is not what the source makes: run npm run build, look at the difference, and commit it.`);
  process.exitCode = 1;
}
