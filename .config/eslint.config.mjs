// Lint rules: type-checked and strict, plus the house rules that a compiler cannot hold.
import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const noAmbientTime = [
  { object: 'Date', property: 'now', message: 'Time comes in as an argument here.' },
  { object: 'Math', property: 'random', message: 'Randomness comes in as an argument here.' },
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      'tests/.out/**',
      'models/built/**',
      '.hazri/**',
      '.cache/**',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [js.configs.recommended, ...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          './shared/tsconfig.json',
          './models/tsconfig.json',
          './kiosk/tsconfig.json',
          './kiosk/src/ui/tsconfig.json',
          './server/tsconfig.json',
          './server/console/tsconfig.json',
          './tests/tsconfig.json',
        ],
        tsconfigRootDir: new URL('..', import.meta.url).pathname,
      },
    },
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      'no-console': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
      ],
    },
  },
  {
    files: ['**/src/**/*.ts', '**/src/**/*.tsx'],
    ignores: ['**/*.test.{ts,tsx}'],
    rules: {
      'max-lines-per-function': ['error', { max: 150, skipBlankLines: true, skipComments: true }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only the config folder reads the environment.' },
      ],
    },
  },
  {
    files: ['**/src/**/*.ts'],
    ignores: ['**/*.test.ts', 'kiosk/src/ui/**', 'server/console/**'],
    rules: { 'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['**/config/**/*.ts', '**/migrations/*.ts'],
    rules: { 'no-restricted-properties': 'off', 'max-lines-per-function': 'off' },
  },
  {
    // A factory takes what `inject` lists: its length is the wiring, not a smell. Constructors may take five.
    files: ['server/src/**/*.module.ts'],
    rules: { 'max-params': 'off' },
  },
  {
    // The ORM declares a class for what is meant to be a plain object.
    files: ['server/src/**/persistence/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' },
  },
  {
    // House style: a use-case takes at most five constructor arguments (and a controller serves no more than five).
    files: ['server/src/modules/**/*.ts'],
    ignores: ['**/*.module.ts'],
    rules: { 'max-params': ['error', 5] },
  },
  {
    files: ['shared/src/domain/**/*.ts', 'shared/src/sync/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-properties': ['error', ...noAmbientTime],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Time comes in as an argument here.',
        },
        { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
      ],
    },
  },
  {
    files: ['**/*.tsx', 'kiosk/src/ui/**/*.ts', 'server/console/**/*.ts'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', 'tests/**/*.ts'],
    rules: {
      'max-lines': 'off',
      'no-console': 'off',
      'no-restricted-properties': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
