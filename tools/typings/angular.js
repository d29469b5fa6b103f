/**
 * Returns a directive for each tag, so that Angular's compiler knows the tag and checks its bindings.
 * The directive has no inputs at run time: Angular sets the properties of the element itself.
 */
import { comment } from './elements.js';
import { settable } from './model.js';

const COMPILER = "minVersion: '14.0.0', version: '16.0.0', ngImport: i0";

/**
 * @param {import('./model.js').Model} model
 * @returns {string} a partially compiled module for `dist/typings/`, as in a library; the compiler of the application links it
 */
export function angularModule({ elements }) {
  return `import * as i0 from '@angular/core';
${elements.map(directiveOf).join('')}
export const BG_FETCH_ELEMENTS = [${names(elements).join(', ')}];
`;
}

/**
 * @param {import('./model.js').Model} model
 * @returns {string} its declaration
 */
export function angularDeclaration({ elements }) {
  return `/** The tags in Angular's templates: \`imports: [BG_FETCH_ELEMENTS]\` in a component. Generated from custom-elements.json. */
import type * as i0 from '@angular/core';
import type { BgFetchProperties } from './elements.js';
${elements.map(declarationOf).join('')}
/** All tags, for the \`imports\` of a component. */
export declare const BG_FETCH_ELEMENTS: readonly [${names(elements)
    .map((name) => `typeof ${name}`)
    .join(', ')}];
`;
}

/** @param {import('./model.js').Element} element */
function directiveOf(element) {
  const name = nameOf(element);
  return `
export class ${name} {
  static ɵfac = i0.ɵɵngDeclareFactory({ ${COMPILER}, type: ${name}, deps: [], target: i0.ɵɵFactoryTarget.Directive });
  static ɵdir = i0.ɵɵngDeclareDirective({ ${COMPILER}, type: ${name}, isStandalone: true, selector: '${element.tagName}' });
}
`;
}

/** @param {import('./model.js').Element} element */
function declarationOf(element) {
  const name = nameOf(element);
  const { tagName, attributes = [] } = element;
  const fields = settable(element);
  const inputs = fields.map((field) => `'${field.name}': { 'alias': '${field.name}'; 'required': false }`);
  const accepted = fields.flatMap((field) => {
    const text = attributes.find((attribute) => attribute.name === field.name)?.type?.text ?? '';
    const written = text.includes('boolean') ? "''" : text.includes('number') ? '`${number}`' : undefined;
    // An attribute in the template is text.
    return written ? [`  static ngAcceptInputType_${field.name}: ${name}['${field.name}'] | ${written};`] : [];
  });
  return `
/** Lets a template use \`<${tagName}>\`. */
export declare class ${name} {
${fields.map((field) => `${comment(field.description)}  ${field.name}: BgFetchProperties['${tagName}']['${field.name}'];`).join('\n')}
${accepted.map((line) => `${line}\n`).join('')}  static ɵfac: i0.ɵɵFactoryDeclaration<${name}, never>;
  static ɵdir: i0.ɵɵDirectiveDeclaration<${name}, '${tagName}', never, { ${inputs.join('; ')} }, {}, never, never, true, never>;
}
`;
}

/** @param {readonly import('./model.js').Element[]} elements */
function names(elements) {
  return elements.map(nameOf);
}

/** @param {import('./model.js').Element} element */
function nameOf({ name }) {
  return name.replace(/Element$/, 'Directive');
}
