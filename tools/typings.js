/** Writes the frameworks' typings and the editors' data into `dist/`, from `custom-elements.json`. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { angularDeclaration, angularModule } from './typings/angular.js';
import { vsCodeCss, vsCodeHtml, webTypes } from './typings/editors.js';
import { elementsDeclaration } from './typings/elements.js';
import { readModel } from './typings/model.js';

const model = readModel('custom-elements.json');
/** @type {{ name: string, version: string }} */
const pack = JSON.parse(readFileSync('package.json', 'utf8'));

mkdirSync('dist/typings', { recursive: true });
cpSync('tools/typings/frameworks', 'dist/typings', { recursive: true });
writeFileSync('dist/typings/elements.d.ts', elementsDeclaration(model));
writeFileSync('dist/typings/angular.js', angularModule(model));
writeFileSync('dist/typings/angular.d.ts', angularDeclaration(model));
for (const { tagName } of model.elements) {
  // tsc omits imports without types from a declaration, and with them the global names of the tags.
  writeFileSync(`dist/define/${tagName}.d.ts`, "import type {} from '../typings/elements.js';\nexport {};\n");
}
writeJson('dist/typings/vscode.html-custom-data.json', vsCodeHtml(model));
writeJson('dist/typings/vscode.css-custom-data.json', vsCodeCss(model));
writeJson('dist/typings/web-types.json', webTypes(model, pack));

/**
 * @param {string} path
 * @param {object} content
 */
function writeJson(path, content) {
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
}
