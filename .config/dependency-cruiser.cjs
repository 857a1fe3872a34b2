// Who may import whom (house style, section 2). Each rule's comment says why; tests/architecture plants a violation of each.
const TEST = '\\.test\\.tsx?$';
const BROWSER = '^(kiosk/src/ui|server/console/src)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means that none of its files can be understood, tested or moved alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-unresolvable',
      comment: 'An import that cannot be resolved silently passes every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^electron$' },
    },
    {
      name: 'shared-imports-no-app',
      comment: 'shared is what the apps agree on; it must not know any of them.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(kiosk|server|models)/' },
    },
    {
      name: 'domain-is-pure',
      comment: 'Rules are data in, result out. Zones, holidays, time and randomness come in through ports.',
      severity: 'error',
      from: { path: '^shared/src/domain/', pathNot: TEST },
      to: { pathNot: '^shared/(src|dist)/(domain|result)/' },
    },
    {
      name: 'shared-has-no-runtime',
      comment: 'shared runs in the browser, in Electron and on the server alike, so it uses no Node builtin.',
      severity: 'error',
      from: { path: '^shared/src/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'apps-meet-only-in-shared',
      comment: 'Tablet and server are deployed apart; what both need belongs to shared.',
      severity: 'error',
      from: { path: '^kiosk/' },
      to: { path: '^server/' },
    },
    {
      name: 'server-knows-no-tablet',
      comment: 'The server must run without the engine, its models and the tablet.',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(kiosk|models)/' },
    },
    {
      name: 'models-know-no-app',
      comment: 'Models are data and a build; the apps use them, never the reverse.',
      severity: 'error',
      from: { path: '^models/' },
      to: { path: '^(kiosk|server)/' },
    },
    {
      name: 'browser-code-has-no-node',
      comment: 'These files run in a page.',
      severity: 'error',
      from: { path: BROWSER, pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'screen-knows-only-the-contract',
      comment:
        'Frames and faces stay with the agent: the screen sees nothing of the tablet but the contract.',
      severity: 'error',
      from: { path: '^kiosk/src/ui/' },
      to: { path: '^kiosk/src/', pathNot: '^kiosk/src/(ui|contract)/' },
    },
    {
      name: 'preload-knows-only-channel-names',
      comment: 'The preload is the most exposed file; it carries names, not logic.',
      severity: 'error',
      from: { path: '^kiosk/src/hosts/electron/preload\\.' },
      to: { path: '^kiosk/src/', pathNot: '^kiosk/src/contract/(channels|bridge)\\.ts$' },
    },
    {
      name: 'contract-knows-no-agent',
      comment: 'The contract is what both sides agree on and may know neither.',
      severity: 'error',
      from: { path: '^kiosk/src/contract/' },
      to: { path: '^kiosk/src/', pathNot: '^kiosk/src/contract/' },
    },
    {
      name: 'orm-stays-in-persistence',
      comment: 'Use-cases speak of punches and people, not of tables.',
      severity: 'error',
      from: { path: '^server/src/', pathNot: `(/persistence/|^server/src/platform/database/|${TEST})` },
      to: { path: 'node_modules/(typeorm|better-sqlite3|pg|mysql2)/' },
    },
    {
      name: 'use-cases-know-no-framework',
      comment: 'A use-case is a plain class; only http/ and *.module.ts speak Nest.',
      severity: 'error',
      from: { path: '^server/src/modules/', pathNot: `(/http/|\\.module\\.ts$|${TEST})` },
      to: { path: 'node_modules/@nestjs/' },
    },
    {
      name: 'controllers-never-reach-persistence',
      comment: 'A controller that queries has become a use-case that nobody tests.',
      severity: 'error',
      from: { path: '^server/src/modules/[^/]+/http/' },
      to: { path: '/persistence/' },
    },
    {
      name: 'modules-enter-by-public',
      comment: 'Another module is entered only through its public.ts, so it can change behind it.',
      severity: 'error',
      from: { path: '^server/src/modules/([^/]+)/' },
      to: {
        path: '^server/src/modules/',
        pathNot: '(^server/src/modules/$1/|/public\\.ts$|^server/src/modules/[^/]+/[^/]+\\.module\\.ts$)',
      },
    },
    {
      name: 'platform-knows-no-module',
      comment: 'The platform has no business words.',
      severity: 'error',
      from: { path: '^server/src/platform/', pathNot: 'schema-registry\\.ts$' },
      to: { path: '^server/src/modules/' },
    },
    {
      name: 'features-never-import-features',
      comment: 'What two features share belongs to ui/, lib/ or design/.',
      severity: 'error',
      from: { path: '/src/(?:ui/)?features/([^/]+)/' },
      to: { path: '/src/(?:ui/)?features/', pathNot: '/features/$1/' },
    },
    {
      name: 'code-never-imports-tests',
      comment: 'Product code must not know that it is tested.',
      severity: 'error',
      from: { path: '^(shared|models|kiosk|server)/', pathNot: TEST },
      to: { path: `(^tests/|${TEST})` },
    },
  ],
  options: {
    doNotFollow: { path: '(node_modules|/dist)/' },
    exclude: { path: '(^|/)(built|\\.out)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
