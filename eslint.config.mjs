import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

// The import law: dependencies run one way (docs/overview.md, "Where things live").
const rooms = [
  { target: './src/domain', from: './src', except: ['./domain'], message: 'The domain imports nothing.' },
  {
    target: './src/emulator',
    from: './src',
    except: ['./emulator'],
    message: 'The emulator stands in for Google and shares no code with the rest.',
  },
  {
    target: './src/activities',
    from: ['./src/workflows/**', './src/server/**', './src/dev/**'],
    message: 'Activities know nothing of workflows, server or development set-up.',
  },
  {
    target: [
      ...['./src/google', './src/database', './src/storage', './src/archive', './src/records', './src/temporal/*.ts'],
      ...['./src/vault.ts', './src/log.ts', './src/config'],
    ],
    from: ['./src/activities/**', './src/workflows/**', './src/server/**', './src/dev/**'],
    message: 'What activities and server stand on knows nothing of them.',
  },
  {
    target: ['./src/database', './src/storage', './src/archive', './src/google'],
    from: './src/records/**',
    message: 'Records are made of stored archives, which know nothing of them.',
  },
  {
    target: './src/server',
    from: ['./src/activities/**', './src/dev/**', './src/emulator/**'],
    message: 'The server starts workflows; what they do is the worker’s business.',
  },
  {
    target: ['./src/temporal/client', './src/consent-status'],
    from: ['./src/activities/**', './src/server/**', './src/dev/**', './src/commands/**'],
    message: 'What server, worker and commands say to the workflows of consents knows none of the three.',
  },
  {
    target: ['./src/!(dev|emulator|commands)/**', './src/*.ts', './src/commands/!(dev|emulator|development-parts).ts'],
    from: ['./src/dev/**', './src/emulator/**'],
    message: 'The production image holds neither the development set-up nor the emulator.',
  },
];

/** @param outside how the path of an import begins that leads out of `src/workflows`, as a regular expression */
const workflowImports = (outside) => ({
  '@typescript-eslint/no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          regex: '^(?!\\.{1,2}/|@temporalio/(workflow|common)$)',
          message: 'A workflow imports Temporal’s workflow package and the domain, nothing else.',
        },
        {
          regex: `^${outside}(?!domain/)`,
          allowTypeImports: true,
          message: 'A workflow knows activities by type only, and the domain.',
        },
      ],
    },
  ],
});

export default tseslint.config(
  {
    ignores: [
      'dist',
      '**/node_modules',
      'coverage',
      '.portage',
      'client/dist',
      'client/*.d.mts',
      'client/src/generated',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js', '.json'] })] },
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: rooms }],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(node:)?process$', message: 'Use the global process, which is watched.' }] },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/config/environment.ts reads the environment.' },
        { object: 'process', property: 'exit', message: 'Only src/main.ts exits.' },
      ],
    },
  },
  {
    files: ['src/**', 'client/src/**'],
    rules: {
      complexity: ['error', 20],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/domain/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(?!\\./)', message: 'The domain imports nothing.' }] },
      ],
    },
  },
  { files: ['src/workflows/*.ts'], rules: workflowImports('\\.\\./') },
  { files: ['src/workflows/*/**'], rules: workflowImports('\\.\\./\\.\\./') },
  {
    files: ['src/config/environment.ts', 'test/**', 'tools/**', 'examples/**'],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['src/main.ts'], rules: { 'no-restricted-properties': ['error', { object: 'process', property: 'env' }] } },
  {
    files: ['public/**/*.js'],
    languageOptions: {
      globals: { document: 'readonly', location: 'readonly', addEventListener: 'readonly', EventSource: 'readonly' },
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        require: 'readonly',
        URL: 'readonly',
        URLSearchParams: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        clearTimeout: 'readonly',
      },
    },
  },
);
