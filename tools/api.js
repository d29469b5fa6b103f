/** Writes `api.md`: what each entry of the package exports, from the built declarations, so that a change of it is seen in review. */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import ts from 'typescript';

const ENTRIES = {
  'bg-fetch-elements': 'dist/index.d.ts',
  'bg-fetch-elements/define': 'dist/define.d.ts',
  'bg-fetch-elements/service-worker': 'dist/worker/index.d.ts',
  'bg-fetch-elements/polyfill': 'dist/polyfill/index.d.ts',
  'bg-fetch-elements/testing': 'dist/testing/index.d.ts',
};

const program = ts.createProgram(Object.values(ENTRIES), {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  skipLibCheck: true,
});
const checker = program.getTypeChecker();
const printer = ts.createPrinter({ removeComments: true });

const sections = Object.entries(ENTRIES).map(([name, path]) => `## ${name}\n\n${exportsOf(path)}`);
writeFileSync(
  'api.md',
  `# What the package exports\n\nMade by \`npm run build\`; the words are in the sources.\n\n${sections.join('\n\n')}\n`,
);

/** @param {string} path */
function exportsOf(path) {
  const file = program.getSourceFile(path);
  if (!file) throw new Error(`${path} is not built.`);
  const module = checker.getSymbolAtLocation(file);
  // A file with side effects only is no module to the checker.
  const symbols = module ? checker.getExportsOfModule(module) : [];
  if (symbols.length === 0) return 'Exports nothing; importing it is what it is for.';
  const declarations = symbols
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .flatMap(({ declarations: all = [] }) => all.filter((each) => isOurs(each)).map(printed));
  return `\`\`\`ts\n${declarations.join('\n')}\n\`\`\``;
}

/** @param {import('typescript').Declaration} declaration */
function isOurs(declaration) {
  return relative('dist', declaration.getSourceFile().fileName)[0] !== '.';
}

/** @param {import('typescript').Declaration} declaration */
function printed(declaration) {
  const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  const text = printer.printNode(ts.EmitHint.Unspecified, node, declaration.getSourceFile());
  return text
    .split('\n')
    .filter((line) => !/^\s+(private |protected |#private|static styles)/.test(line))
    .join('\n')
    .replace(/^export declare /, 'export ');
}
