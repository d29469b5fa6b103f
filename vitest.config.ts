/** The same tests in every browser this machine has, and the journeys that drive browsers from outside. */
import { playwright } from '@vitest/browser-playwright';
import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { CHROMIUM_ARGS, findBrowsers } from './test/browsers/find.js';
import { webkitgtk } from './test/browsers/webkit-provider.js';
import { testSite } from './test/server/vite.js';
import { trustedClick, trustedEscape } from './test/setup/commands.js';

const { chromium, firefox, webkit } = findBrowsers();

const page = {
  testTimeout: 120_000,
  include: ['test/**/*.test.ts'],
  exclude: ['test/**/*.node.test.ts'],
  setupFiles: ['./test/setup/page.ts'],
};
const browser = {
  enabled: true,
  headless: true,
  ui: false,
  screenshotFailures: false,
  viewport: { width: 1000, height: 700 },
  commands: { trustedClick, trustedEscape },
};

const chromiumProvider = playwright({ launchOptions: { executablePath: chromium?.executablePath, args: CHROMIUM_ARGS } });
const firefoxProvider = playwright({ launchOptions: { channel: 'moz-firefox', executablePath: firefox?.executablePath } });

const projects: TestProjectConfiguration[] = [
  { extends: true, test: { name: 'node', include: ['test/**/*.node.test.ts'], testTimeout: 60_000 } },
  {
    extends: true,
    test: {
      name: 'journeys',
      include: ['test/journeys/**/*.journey.ts'],
      testTimeout: 240_000,
      hookTimeout: 240_000,
    },
  },
  {
    extends: true,
    test: {
      name: 'neighbours',
      include: ['test/neighbours/*.journey.ts'],
      globalSetup: ['test/neighbours/opening.ts'],
      testTimeout: 300_000,
    },
  },
];
const shownIn = [chromium, firefox].flatMap((found) => (found ? [`test/gallery/${found.name}.journey.ts`] : []));
if (shownIn.length > 0) {
  projects.push({
    extends: true,
    test: {
      name: 'gallery',
      include: shownIn,
      globalSetup: ['test/gallery/building.ts'],
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  });
}
const instances = [
  ...(chromium ? [{ browser: 'chromium' as const, name: 'chromium', provider: chromiumProvider }] : []),
  ...(firefox ? [{ browser: 'firefox' as const, name: 'firefox', provider: firefoxProvider }] : []),
];
if (instances.length > 0) {
  projects.push({
    extends: true,
    test: { ...page, name: 'page', browser: { ...browser, provider: chromiumProvider, instances } },
  });
}
if (webkit) {
  // Another kind of provider needs a project of its own.
  projects.push({
    extends: true,
    test: {
      ...page,
      name: 'webkitgtk',
      fileParallelism: false,
      browser: {
        ...browser,
        provider: webkitgtk({ features: '+StorageAPI' }),
        instances: [{ browser: 'webkit', name: 'webkit' }],
      },
    },
  });
}

export default defineConfig({
  plugins: [testSite()],
  resolve: { alias: { '@web/test-runner-commands': fileURLToPath(new URL('test/setup/no-test-runner.ts', import.meta.url)) } },
  optimizeDeps: {
    include: [
      '@lit/context',
      '@open-wc/semantic-dom-diff',
      '@open-wc/testing',
      '@open-wc/testing-helpers',
      'chai-a11y-axe',
      'comlink',
      'fast-check',
      'lit',
      'lit/decorators.js',
      'lit/directives/class-map.js',
      'lit/directives/if-defined.js',
      'lit/directives/live.js',
      'lit/directives/ref.js',
      'lit/directives/repeat.js',
      'lit/directives/style-map.js',
      'lit/directives/when.js',
    ],
  },
  // A busy machine takes its time; what is waited for comes or never does.
  test: { projects, expect: { poll: { timeout: 30_000 } } },
});
