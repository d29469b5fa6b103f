/** What the linter holds; which folder may import which stands in `.dependency-cruiser.js`. */
import js from '@eslint/js';
import { configs as lit } from 'eslint-plugin-lit';
import { configs as wc } from 'eslint-plugin-wc';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  // The frameworks' typings and the neighbours are checked where their frameworks are installed.
  globalIgnores([
    'dist',
    'coverage',
    'storybook-static',
    '.cache',
    'site/public',
    'tools/typings/frameworks',
    'test/neighbours/apps',
    'test/bench/rivals',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  lit['flat/recommended'],
  wc['flat/best-practice'],
  {
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'tsconfig.worker.json', 'test/tsconfig.json', 'test/tsconfig.worker.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    settings: { wc: { elementBaseClasses: ['LitElement'] } },
    rules: {
      eqeqeq: 'error',
      // What a site's developer must know is said there, and nowhere else.
      'no-console': ['error', { allow: ['warn'] }],
      'prefer-const': 'error',
      'object-shorthand': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Callers in JavaScript pass what the types forbid, and what was stored yesterday may have another shape.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // A sentence may well hold a number.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => void doIt()` and `() => listener(event)` read well.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/standard/older-browsers.ts'],
    rules: {
      // ECMAScript's own newer methods are no part of the `lib` in tsconfig.json.
      'no-restricted-properties': [
        'error',
        ...['URL.canParse', 'URL.parse', 'AbortSignal.any'].map((name) => {
          const [object, property] = name.split('.');
          return { object, property, message: 'The oldest supported browsers lack it: use standard/older-browsers.' };
        }),
      ],
    },
  },
  {
    files: ['test/**', 'stories/**'],
    rules: {
      // In a test the `!` fails just where it should.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: ['bin/**', 'tools/**', 'site/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.js', '**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
