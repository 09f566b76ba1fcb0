/** Who may import whom. Checked by `npm run check` and by a test with planted violations. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: allowed },
})
const library = (...names) => names.map((name) => `(^|/)node_modules/${name}/`)

/** The one vendor's library that each channel may import; a channel that is not named here has none. */
const VENDORS = {
  twilio: ['twilio'],
  webpush: ['web-push', '@types/web-push'],
  smtp: ['postal-mime'],
  webhook: ['standardwebhooks'],
}

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle of types only vanishes before anything runs.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unknown-imports',
      comment: 'What cannot be resolved cannot be judged.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^cloudflare:' },
    },
    {
      name: 'node-modules-of-node-only-in-platform',
      comment: 'Everything else runs in both homes.',
      severity: 'error',
      from: { path: '^(src|pwa)/', pathNot: '^(src/platform/|pwa/vite[.]config[.]ts$)' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'both-homes-have-only-crypto-of-node',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: '^src/platform/node/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'libraries-that-need-node-only-in-its-home',
      severity: 'error',
      from: { path: '^(src|pwa)/', pathNot: '^src/platform/node/' },
      to: {
        path: library(
          'better-sqlite3',
          '@types/better-sqlite3',
          '@hono/node-server',
          'node-cron',
          'nodemailer',
          'undici',
        ),
      },
    },
    {
      name: 'nothing-imports-platform',
      severity: 'error',
      from: { path: '^(src|pwa)/', pathNot: '^src/platform/' },
      to: { path: '^src/platform/' },
    },
    {
      name: 'homes-stay-apart',
      severity: 'error',
      from: { path: '^src/platform/(node|workers)/' },
      to: { path: '^src/platform/(node|workers)/', pathNot: '^src/platform/$1/' },
    },
    {
      name: 'shared-platform-knows-no-home',
      comment: 'What both homes share knows neither.',
      severity: 'error',
      from: { path: '^src/platform/[^/]+$' },
      to: { path: '^src/platform/[^/]+/' },
    },
    only(
      'domain',
      '^src/domain/',
      ['^src/domain/', ...library('libphonenumber-js', 'scim2-parse-filter')],
      'The core is pure.',
    ),
    only('contract', '^src/contract/', ['^src/(contract|domain)/', ...library('zod')]),
    only('application', '^src/application/', ['^src/(application|domain|contract)/']),
    only('store', '^src/store/', ['^src/(store|domain|application/ports)/', ...library('drizzle-orm')]),
    only(
      'channels',
      '^src/channels/([^/]+)/',
      ['^src/domain/', '^src/application/ports/', '^src/channels/$1/', '(^|/)node_modules/'],
      'A channel knows no other channel.',
    ),
    ...Object.entries(VENDORS).map(([channel, names]) =>
      only(`channel-${channel}`, `^src/channels/${channel}/`, ['^src/', ...library(...names)]),
    ),
    only('channels-without-vendor', `^src/channels/(?!(${Object.keys(VENDORS).join('|')})/)`, ['^src/']),
    only('http', '^src/http/', ['^src/(http|application|domain|contract)/', ...library('hono', 'zod')]),
    only('cli', '^src/cli/', ['^src/(cli|application|domain|contract)/', ...library('commander', 'hono', 'zod')]),
    only(
      'simulator',
      '^src/simulator/',
      ['^src/simulator/', ...library('hono', 'twilio')],
      'It stays an independent witness: nothing of ours.',
    ),
    only('app', '^pwa/(?!vite[.]config[.]ts$)', ['^pwa/', '^src/contract/', ...library('preact')]),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts', '.json'],
    },
  },
}
