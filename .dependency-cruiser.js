/** Which folder of `src` may import which. Imports point one way; there are no cycles. */

/** A folder, and what it may import beside itself. */
const MAY_IMPORT = {
  bytes: ['standard/older-browsers'],
  standard: ['bytes/stored-body'],
  manager: ['standard', 'bytes'],
  'engine/in-page': ['engine/engine', 'standard', 'bytes'],
  'engine/in-page/state': ['standard', 'bytes'],
  'engine/in-page/http': ['engine/in-page/state', 'standard', 'bytes'],
  'engine/in-page/transport': ['engine/in-page/(http|state)', 'engine/engine', 'standard', 'bytes'],
  'engine/in-page/transfer': ['engine/in-page/(transport|http|state)', 'standard', 'bytes'],
  'engine/in-page/api': ['engine/in-page/(http|state)', 'standard', 'bytes'],
  'engine/in-page/delivery': ['engine/in-page/(api|state|clear-engine)', 'standard', 'bytes'],
  'engine/in-page/run': ['engine/in-page/(transfer|transport|http|state|delivery)', 'engine/engine', 'standard', 'bytes'],
  engine: ['standard'],
  worker: ['manager', 'standard', 'bytes', 'engine/in-page/worker'],
  client: ['engine/[^/]+', 'engine/in-page/index', 'manager', 'standard', 'bytes'],
  controllers: ['client', 'manager/(api|record)', 'standard'],
  view: ['manager/(api|record)', 'standard'],
  elements: ['view', 'controllers', 'client', 'manager/(api|record)', 'standard'],
  define: ['elements'],
  polyfill: ['engine/in-page/install'],
  testing: ['client', 'engine/[^/]+', 'manager', 'standard', 'bytes'],
};

/** A package, and the only files that may import it. */
const HOMES = {
  comlink: '^src/(worker/serve|client/remote-manager)\\.ts$',
  lit: '^src/(elements|controllers|view)/',
  '@lit/(context|reactive-element)': '^src/(elements|controllers)/',
};

const folders = Object.entries(MAY_IMPORT).map(([folder, others]) => ({
  name: `what-${folder}-may-import`,
  severity: 'error',
  // `engine` is the folder without `engine/in-page`, which has a line of its own.
  from: { path: `^src/${folder}/`, ...(folder === 'engine' && { pathNot: '^src/engine/in-page/' }) },
  to: { path: '^src/', pathNot: [folder, ...others].map((path) => `^src/${path}(/|\\.ts$)`) },
}));

const packages = Object.entries(HOMES).map(([name, home]) => ({
  name: `where-${name}-may-stand`,
  severity: 'error',
  from: { path: '^src/', pathNot: home },
  to: { path: `(^|/)node_modules/${name}/` },
}));

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'only-run-time-dependencies',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'unknown'] },
    },
    { name: 'nothing-unresolved', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
    {
      name: 'the-contract-registers-nothing',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { path: '^src/define' },
    },
    ...folders,
    ...packages,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
