import tseslint from 'typescript-eslint';

/** Importing the index of the bindings takes seconds and several hundred megabytes. */
const deepImportsOnly = {
  name: '@cdktf/provider-aws',
  message: "Import one binding at a time: '@cdktf/provider-aws/lib/<resource>'.",
};
const noIndexOfBindings = { regex: '^@cdktf/provider-aws/lib/?$', message: deepImportsOnly.message };

/** Modules say how a capability is built, stacks what depends on what, environments what is wanted. */
const restrict = (...patterns) => ({
  'no-restricted-imports': [
    'error',
    { paths: [deepImportsOnly], patterns: [noIndexOfBindings, ...patterns] },
  ],
});

export default tseslint.config(
  { ignores: ['node_modules', 'cdktf.out', '.work', 'coverage'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      ...restrict(),
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'max-lines': ['error', { max: 400, skipBlankLines: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['modules/**'],
    rules: restrict({
      regex: '(^|/)(src|environments)(/|$)',
      message: 'Modules never import src or environments.',
    }),
  },
  {
    files: ['environments/**'],
    rules: restrict({
      regex: '^(?!\\./|\\.\\./shared$|(\\.\\./)+src/config/define$)',
      message: 'Environments import only src/config/define and each other: they are data.',
    }),
  },
  {
    files: ['src/stacks/**'],
    ignores: ['src/stacks/base-stack.ts'],
    rules: restrict({
      regex: '^@cdktf/provider-aws/',
      message: 'Stacks say what depends on what; resources belong into modules.',
    }),
  },
  {
    files: ['src/config/**'],
    rules: restrict({ regex: '/(stacks|terraform|commands)/', message: 'Settings know nothing of stacks.' }),
  },
  {
    files: ['modules/**', 'src/config/**', 'src/stacks/**', 'environments/**'],
    // the one runs while nothing is built, the other is built into an image and runs there
    ignores: ['src/stacks/silence-stack-traces.ts', 'modules/database/users-task/main.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'What is built depends on the environment files alone.',
        },
        {
          selector:
            "CallExpression[callee.object.name='Math'][callee.property.name='random'], NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'The same settings must synthesize to the same bytes.',
        },
      ],
    },
  },
  { files: ['**/*.mjs', '**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ['src/check-node.js'],
    rules: { '@typescript-eslint/no-require-imports': 'off', 'no-console': 'off' },
  },
  {
    files: ['test/**'],
    rules: restrict({
      regex: '^(\\.\\./)+environments(/|$)',
      message:
        'What users write is theirs to change: stand on test/fixtures/car-retail, or ask test/support/estates.',
    }),
  },
  { files: ['test/**'], rules: { 'no-console': 'off', '@typescript-eslint/no-base-to-string': 'off' } },
);
