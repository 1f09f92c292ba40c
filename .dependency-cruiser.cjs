/**
 * Imports flow one way: main → cli → app → pages → auth → handover → tokens → users → sessions → activity → rate-limits → database →
 * telemetry → config → providers → common. The doctor looks at everything from auth downwards.
 */
const order = [
  'common',
  'providers',
  'config',
  'telemetry',
  'database',
  'rate-limits',
  'activity',
  'sessions',
  'users',
  'tokens',
  'handover',
  'auth',
  'pages',
];

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
/** The folder of a provider: each is its own, whatever it is called. */
const PROVIDER_FOLDER = '^src/(?:auth|providers|sandbox)/(?!attempts/|provider-http/|core/)([^/]+)';

module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'health-imports-downwards',
      severity: 'error',
      from: { path: '^src/health/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/health/',
          '^src/database/',
          '^src/telemetry/',
          '^src/config/',
          '^src/providers/',
          '^src/common/',
        ],
      },
    },
    {
      name: 'verify-imports-downwards',
      severity: 'error',
      from: { path: '^src/verify/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/verify/',
          '^src/tokens/',
          '^src/users/',
          '^src/sessions/',
          '^src/database/',
          '^src/config/',
          '^src/providers/',
          '^src/common/',
        ],
      },
    },
    {
      name: 'management-imports-downwards',
      severity: 'error',
      from: { path: '^src/management/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/management/',
          '^src/health/',
          '^src/telemetry/',
          '^src/config/',
          '^src/providers/',
          '^src/common/',
        ],
      },
    },
    {
      name: 'doctor-imports-downwards',
      severity: 'error',
      from: { path: '^src/doctor/' },
      to: { path: '^src/(?:pages|cli|sandbox|health)/|^src/[^/]+\\.ts$' },
    },
    {
      name: 'only-main-runs-the-command-line',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main\\.ts$', '^src/cli/'] },
      to: { path: '^src/cli/' },
    },
    {
      name: 'server-imports-downwards',
      severity: 'error',
      from: { path: '^src/server/' },
      to: {
        path: '^src/',
        pathNot: ['^src/server/', '^src/config/', '^src/providers/', '^src/common/'],
      },
    },
    {
      name: 'only-the-command-line-shuts-the-server-down',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/cli/', '^src/server/'] },
      to: { path: '^src/server/' },
    },
    {
      name: 'sandbox-stands-alone',
      comment:
        'The sandbox stands in for the providers: it shares nothing with the service that it checks.',
      severity: 'error',
      from: { path: '^src/sandbox/' },
      to: { path: '^src/', pathNot: '^src/sandbox/' },
    },
    {
      name: 'sandbox-core-knows-no-provider',
      severity: 'error',
      from: { path: '^src/sandbox/core/' },
      to: { path: '^src/sandbox/', pathNot: '^src/sandbox/core/' },
    },
    {
      name: 'only-the-command-line-starts-the-sandbox',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/cli/', '^src/sandbox/'] },
      to: { path: '^src/sandbox/' },
    },
    {
      name: 'providers-do-not-know-each-other',
      severity: 'error',
      from: { path: `${PROVIDER_FOLDER}/` },
      to: {
        path: `${PROVIDER_FOLDER}/`,
        pathNot: '^src/(?:auth|providers|sandbox)/$1/',
      },
    },
    {
      name: 'the-client-stands-alone',
      comment: 'It is installed elsewhere: it has nothing of the service, and no packages.',
      severity: 'error',
      from: { path: '^client/src/' },
      to: { pathNot: ['^client/src/', '^node_modules/(?:@types/)?react/'] },
    },
    {
      name: 'only-react-has-react',
      severity: 'error',
      from: { path: '^client/src/', pathNot: '^client/src/react\\.ts$' },
      to: { path: '^node_modules/' },
    },
    {
      name: 'the-service-knows-no-client',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^client/' },
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
