/** Runs before every test file in a browser. */
import { chaiA11yAxe } from 'chai-a11y-axe';
import { chaiDomDiff } from '@open-wc/semantic-dom-diff';
import { fixtureCleanup } from '@open-wc/testing-helpers';
import { afterEach, chai } from 'vitest';

// On vitest's own chai, so that vitest's `expect` has them.
chai.use(chaiDomDiff);
chai.use(chaiA11yAxe);

afterEach(() => fixtureCleanup());

// Firefox over BiDi takes an element in a transformed frame for invisible, and vitest scales the frame of the tests.
const runner = window.frameElement?.ownerDocument;
if (runner && !runner.getElementById('unscaled')) {
  const style = runner.createElement('style');
  style.id = 'unscaled';
  style.textContent = ':has(> iframe[data-vitest]) { transform: none !important; }';
  runner.head.append(style);
}
