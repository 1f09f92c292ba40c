/** Imports flow one way: main → app → pages → auth → users → sessions → activity → database → config → common. */
const order = ['common', 'config', 'database', 'activity', 'sessions', 'users', 'auth', 'pages'];

const layers = order.map((layer, index) => ({
  name: `${layer}-imports-downwards`,
  comment: `src/${layer} may import only from the folders below it.`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: {
    path: '^src/',
    pathNot: order.slice(0, index + 1).map((below) => `^src/${below}/`),
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'health-imports-downwards',
      severity: 'error',
      from: { path: '^src/health/' },
      to: {
        path: '^src/',
        pathNot: ['^src/health/', '^src/database/', '^src/config/', '^src/common/'],
      },
    },
    {
      name: 'sandbox-stands-alone',
      comment:
        'The sandbox plays the providers: it shares nothing with the service that it checks.',
      severity: 'error',
      from: { path: '^src/sandbox/' },
      to: { path: '^src/', pathNot: '^src/sandbox/' },
    },
    {
      name: 'only-main-starts-the-sandbox',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main\\.ts$', '^src/sandbox/'] },
      to: { path: '^src/sandbox/' },
    },
    {
      name: 'providers-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/auth/(google|twitter|facebook)/' },
      to: { path: '^src/auth/(google|twitter|facebook)/', pathNot: '^src/auth/$1/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-development-packages-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
