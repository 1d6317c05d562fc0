import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

const tests = ['**/*.test.ts', '**/*.fixture.ts', 'tests/**', 'packages/testing/**']
const own = '@yoman/'

/** What a folder may import besides its own files; everything else is answered with the sentence. */
function wall(folder, allowed, sentence) {
  const others = allowed.map((name) => (/[/:]$/.test(name) ? name : `${name}(/|$)`)).join('|')
  return {
    files: [`${folder}/**/*.{ts,vue}`],
    ignores: tests,
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: `^(?!\\.{1,2}/|${others})`, message: sentence }] }] },
  }
}

const clock = [
  'NewExpression[callee.name="Date"]',
  'CallExpression[callee.name="Date"]',
  'MemberExpression[object.name="Date"]',
  'MemberExpression[object.name="Temporal"][property.name="Now"]',
].map((selector) => ({ selector, message: 'Only clock.ts files read the clock. Take `now` as an argument: rules must be testable at any date, and the demo moves its clock.' }))

const environment = [
  { selector: 'MemberExpression[object.name="process"][property.name="env"]', message: 'Settings are read in config.ts (main.ts hands the environment over) and travel as values, so that a wrong one is told at start.' },
]

const defaultExport = [
  { selector: 'ExportDefaultDeclaration', message: 'A named export has one name everywhere, and a search finds it.' },
]

const mocks = [
  { selector: 'CallExpression[callee.object.name="vi"][callee.property.name=/^(mock|doMock)$/]', message: 'A mock of our own code tests the mock. Use the real thing: a database of your own costs 50 ms.' },
]

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.data/**', 'coverage/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommended,
  ...vue.configs['flat/essential'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // `App.vue` and `Button.vue` are plain names; the template compiler tells them from HTML by their capital.
      'vue/multi-word-component-names': 'off',
      // What people typed must never become markup.
      'vue/no-v-html': 'error',
    },
  },
  {
    rules: {
      // `==` turns '' into 0; its one good use is `== null`, which means null or undefined.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // A swallowed error is a lie: an empty catch needs at least a comment that says why nothing is to be done.
      'no-empty': 'error',
      // A name that is not used promises something; `_` says that a place is left open on purpose.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // An async callback in a Promise constructor loses its errors.
      'no-async-promise-executor': 'error',
      // A return in `finally` silences the error that was on its way.
      'no-unsafe-finally': 'error',
      // An invisible character in a pattern is nearly always pasted by mistake.
      'no-control-regex': 'error',
      // Fastify's and Vue's own declarations are merged this way.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
    },
  },
  {
    // The one rule that needs types, ten seconds' worth: a forgotten `await` loses errors and lets a transaction end too early.
    files: ['packages/*/src/**/*.ts', 'apps/{api,worker}/src/**/*.ts', 'tests/**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [{ from: 'package', package: 'fastify', name: ['FastifyInstance', 'FastifyReply'] }] }],
    },
  },
  {
    files: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.{ts,vue}'],
    ignores: [...tests, 'apps/web/src/locales/*'], // a locale is loaded by itself, as a module's default
    rules: { 'no-restricted-syntax': ['error', ...clock, ...environment, ...defaultExport] },
  },
  { files: ['**/*.vue'], rules: { 'no-restricted-syntax': ['error', ...clock, ...environment] } },
  { files: ['**/clock.ts'], rules: { 'no-restricted-syntax': ['error', ...environment, ...defaultExport] } },
  { files: ['**/config.ts', '**/*main.ts'], ignores: tests, rules: { 'no-restricted-syntax': ['error', ...clock, ...defaultExport] } },
  { files: ['**/*.test.ts', 'tests/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...mocks] } },

  wall('packages/domain', ['temporal-polyfill', 'libphonenumber-js'], 'The domain is pure: it imports temporal-polyfill and libphonenumber-js alone, no Node, no I/O, no framework.'),
  wall('packages/contract', [`${own}domain`, 'typebox'], 'The contract is what crosses the wire: it knows the domain and typebox, never the database, Fastify or Vue.'),
  wall('packages/db', [`${own}domain`, 'kysely', 'pg', 'node:'], 'db speaks SQL for the domain: nothing of HTTP, queues, the contract or the use cases.'),
  wall('packages/messaging', [`${own}domain`, 'twilio', 'nodemailer', 'sms-segments-calculator', 'node:'], 'messaging turns data into text and hands it to a gateway; what to send and when is decided elsewhere.'),
  wall('packages/documents', [`${own}domain`, 'pdfkit', 'fontkit', 'bidi-js', '@expo-google-fonts/heebo', '@signpdf/signpdf', 'node-forge', 'node:'], 'documents draws what it is given; it knows neither the database nor the use cases.'),
  wall('packages/file-store', [`${own}domain`, '@aws-sdk/', 'node:'], 'file-store keeps sealed bytes under a key; whose they are and who may open them is decided elsewhere.'),
  wall('packages/use-cases', [`${own}domain`, `${own}db`, 'uuid', 'temporal-polyfill', 'node:'], 'A use case knows the domain and the database. Sending, HTTP and queues live outside the transaction, in the apps.'),
  wall('packages/runtime', ['pg', 'twilio', 'smtp-server', 'postal-mime', 'nodemailer', 'node:'], "runtime starts things; the product's other packages are programs to it, not code."),
  {
    files: ['apps/api/src/**/*.ts'],
    ignores: tests,
    rules: {
      'no-restricted-imports': ['error', { patterns: [
        { regex: `^${own}messaging/gateways`, message: 'The API never talks to Twilio or SMTP: it writes rows, the worker sends. Texts and previews it may read.' },
        { regex: '^(bullmq|ioredis)(/|$)', message: 'The API never talks to Redis, so booking works when Redis is down. Record an event: the outbox carries it.' },
        { regex: `^${own}(worker|web|testing|runtime)`, message: 'The API imports no other program.' },
      ] }],
    },
  },
  {
    files: ['apps/worker/src/**/*.ts'],
    ignores: tests,
    rules: {
      'no-restricted-imports': ['error', { patterns: [
        { regex: `^${own}(contract|api|web|testing|runtime)`, message: 'The worker has no wire to the browser and imports no other program.' },
        { regex: '^@?fastify', message: 'The worker answers no HTTP; webhooks arrive at the API.' },
      ] }],
    },
  },
  wall('apps/web/src', [`${own}contract`, `${own}domain`, '@fontsource-variable/', '@lucide/vue', '@tanstack/vue-query', 'diff', 'pdfjs-dist', 'reka-ui', 'uuid', 'vue', 'vue-i18n', 'vue-router'], 'The web client knows the contract (types, and a schema for a form) and the pure domain. Nothing of the server may reach the browser.'),
)
