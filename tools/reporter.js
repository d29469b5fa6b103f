/** A reporter of vitest that writes what became of each test, and why, to its output file. */
import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {{ ok: boolean, test: string, why: string }} Outcome `why` is the first line of its first error, and its differences
 */

export default class {
  #file = '';
  /** @type {Outcome[]} */
  #outcomes = [];

  /** @param {import('vitest/node').Vitest} vitest */
  onInit({ config }) {
    this.#file = String(config.outputFile);
  }

  /** @param {import('vitest/node').TestCase} test */
  onTestCaseResult(test) {
    const { state, errors } = test.result();
    if (state === 'passed' || state === 'failed') this.#add(test, errors);
  }

  /** @param {import('vitest/node').TestModule} module */
  onTestModuleEnd(module) {
    const errors = module.errors();
    if (errors.length > 0) this.#add({ project: module.project, module, fullName: 'as a whole' }, errors);
  }

  /**
   * @param {readonly unknown[]} _modules
   * @param {readonly import('vitest/node').SerializedError[]} errors
   */
  onTestRunEnd(_modules, errors) {
    for (const error of errors) this.#outcomes.push({ ok: false, test: 'Beside the tests', why: said(error) });
    writeFileSync(this.#file, JSON.stringify(this.#outcomes));
  }

  /**
   * @param {Pick<import('vitest/node').TestCase, 'project' | 'module' | 'fullName'>} test
   * @param {readonly import('vitest/node').SerializedError[]} errors
   */
  #add({ project, module, fullName }, errors = []) {
    const [error] = errors;
    const test = `${project.name}, ${module.relativeModuleId}, '${fullName}'`;
    this.#outcomes.push({ ok: !error, test, why: error ? said(error) : '' });
  }
}

/** @param {import('vitest/node').SerializedError} error */
function said({ name, message, diff }) {
  // Of a diff, the lines that differ.
  const lines = stripVTControlCharacters(String(diff ?? '')).split('\n');
  const differing = lines.filter((line) => /^[+-] /.test(line));
  return [`${name ?? 'Error'}: ${message.split('\n')[0]}`, ...differing.slice(0, 20)].join('\n    ');
}
