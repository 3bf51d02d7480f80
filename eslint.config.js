// Lint: types where there are types, the rooms of the house as import rules, formatting left to prettier.
import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import svelte from 'eslint-plugin-svelte'
import { defineConfig, globalIgnores } from 'eslint/config'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

const root = import.meta.dirname
const typed = {
  project: ['tsconfig.node.json', 'tsconfig.web.json', 'tsconfig.e2e.json'],
  tsconfigRootDir: root,
  // Named for all files alike: a different value would make the parser build a second program.
  extraFileExtensions: ['.svelte'],
}

const noUnsafe = Object.fromEntries(
  ['argument', 'assignment', 'call', 'member-access', 'return'].map((what) => [
    `@typescript-eslint/no-unsafe-${what}`,
    'off',
  ]),
)

/** Imports that a room may have; everything else is refused. Patterns are regular expressions over the text of the import. */
function only(message, ...allowed) {
  return restricted({ regex: `^(?!(?:${allowed.join('|')}))`, message })
}

function restricted(...patterns) {
  return { 'no-restricted-imports': ['error', { patterns }] }
}

/** A room of the house: which files, and what they may import. */
function room(name, files, rules) {
  // The gallery's two scripts run in Node and happen to live beside what they photograph.
  const ignores = ['**/*.test.ts', '**/testing/**', 'src/renderer/gallery/{shoot,draw-icons}.ts']
  return { name: `drawbridge/room/${name}`, files, ignores, rules }
}

const contract = '#contract/'
const messages = '#messages/'
const own = '\\./(?!.*\\.\\./)'
const ports = '\\.\\./(?:ports|beeper-port)\\.ts$'
const node = 'node:'
const electron = 'electron$'
const adapter = (folder, ...more) =>
  room(
    folder,
    [`src/main/${folder}/**/*.ts`],
    only(
      `${folder} knows contract, messages, ports and its own platform module (house.md)`,
      own,
      ports,
      contract,
      messages,
      node,
      electron,
      ...more,
    ),
  )

const rendererNever = {
  regex: '^(?:electron$|zod|node:|#main/|#simulator/|keytar|ws$)|/main/|/preload/',
  message: 'the window knows contract types, messages and the bridge (house.md)',
}

const noRegExpOfData = [
  {
    selector: ':matches(NewExpression, CallExpression)[callee.name="RegExp"]',
    message: 'PAT-1: a pattern made of data runs in a linear-time engine only. Write ours as a literal.',
  },
]

export default defineConfig(
  globalIgnores(['out', 'dist', '**/gen/**', 'coverage', 'test-results', 'playwright-report', 'docs', 'contract']),
  js.configs.recommended,
  {
    name: 'drawbridge/types',
    files: ['**/*.ts', '**/*.svelte'],
    extends: [ts.configs.strictTypeChecked],
    languageOptions: { parserOptions: typed },
    rules: {
      // A machine passes over the events that a phase does not know; elsewhere leave `default` out.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  svelte.configs.recommended,
  {
    name: 'drawbridge/svelte',
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { ...typed, parser: ts.parser, svelteConfig } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      // The types of an imported component are svelte-check's to know; here its members are `any`.
      ...noUnsafe,
    },
  },
  { name: 'drawbridge/mounted', files: ['src/renderer/**/*.test.ts'], rules: noUnsafe },
  { name: 'drawbridge/window', files: ['src/renderer/**'], languageOptions: { globals: globals.browser } },
  {
    name: 'drawbridge/node',
    files: ['src/main/**', 'src/preload/**', 'simulator/**', 'scripts/**', 'e2e/**', '*.config.*'],
    languageOptions: { globals: globals.node },
  },
  {
    name: 'drawbridge/src',
    files: ['src/**'],
    rules: { 'no-console': 'error', 'no-restricted-syntax': ['error', ...noRegExpOfData], eqeqeq: 'error' },
  },
  room(
    'contract',
    ['src/contract/**/*.ts'],
    only('contract knows itself, zod and base58 (house.md)', '\\.\\.?/(?!.*main/)', contract, 'zod$', '@scure/base$'),
  ),
  room(
    'messages',
    ['src/messages/**/*.ts'],
    only('messages knows the types of contract (house.md)', own, '\\.\\./format\\.ts$', contract),
  ),
  room(
    'domain',
    ['src/main/domain/**/*.ts'],
    only('domain is pure: it knows contract and the engine for patterns (house.md)', own, contract, 're2js$'),
  ),
  room(
    'engine',
    ['src/main/engine/**/*.ts'],
    restricted({
      regex:
        '^(?:electron$|keytar|#messages/|#renderer/|#simulator/)|^\\.\\..*/(?:beeper|vault|signin|shell|diagnostics|settings|ipc|preload|renderer)/',
      message: 'the engine knows contract, domain, ports and zustand/vanilla (house.md)',
    }),
  ),
  adapter('shell'),
  adapter('vault', 'keytar$'),
  adapter('diagnostics', 'electron-log/node$'),
  adapter('settings', 'atomically$', 'zod$'),
  adapter('beeper', 'oauth4webapi$', 'ws$', 'zod$'),
  adapter('signin', '\\.\\./domain/cookies\\.ts$', 're2js$'),
  room(
    'ipc',
    ['src/main/ipc/**/*.ts'],
    only(
      'ipc knows contract, ports and the face of the engine (house.md)',
      own,
      ports,
      '\\.\\./engine/',
      contract,
      electron,
    ),
  ),
  room(
    'preload',
    ['src/preload/**/*.ts'],
    only(
      'the preload knows the table of names and Electron (house.md)',
      own,
      '\\.\\./main/ipc/channels\\.ts$',
      `${contract}(?:bridge-api|command-names|view|problem)$`,
      electron,
    ),
  ),
  room('renderer', ['src/renderer/**/*.{ts,svelte}'], restricted(rendererNever)),
  room(
    'screens',
    ['src/renderer/screens/*/**/*.{ts,svelte}'],
    restricted(rendererNever, {
      regex: '^\\.\\./(?!\\.\\./)[\\w-]+/',
      message: 'a screen does not know another screen (house.md)',
    }),
  ),
  room(
    'ui',
    ['src/renderer/ui/**/*.{ts,svelte}'],
    restricted(rendererNever, {
      regex: '^#messages/|/(?:state|screens|steps|messages)/|/bridge(?:\\.ts)?$',
      message: 'the kit gets text and data as props (house.md)',
    }),
  ),
  room(
    'simulator',
    ['simulator/**/*.ts'],
    restricted({
      regex: '^(?:#main/|#renderer/|electron$)|src/(?:main|renderer)/',
      message: 'the simulator follows the API, not the client (house.md)',
    }),
  ),
  room(
    'e2e',
    ['e2e/**/*.ts'],
    restricted({
      regex: '^(?:#main/|#renderer/)|src/(?:main|renderer|preload)/',
      message: 'journeys see the built app (house.md)',
    }),
  ),
  {
    name: 'drawbridge/tests',
    files: ['**/*.test.ts', 'e2e/**', '**/testing/**'],
    rules: {
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // Tests hand in what the types refuse; that is their point.
      'no-restricted-syntax': 'off',
    },
  },
  {
    name: 'drawbridge/no-types',
    files: ['**/*.{js,mjs,cjs}', 'simulator/phone/**'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: { ...globals.node, ...globals.browser }, parserOptions: { project: null } },
  },
  prettier,
  svelte.configs.prettier,
)
