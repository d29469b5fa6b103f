import { resolve } from 'node:path';

export default { output: 'export', distDir: '../../out/next', turbopack: { root: resolve('../..') } };
