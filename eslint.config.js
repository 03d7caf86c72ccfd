import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** How long a file may be that a reader is to know as one thing; texts and tables of data are looked up, not read. */
const atMost = (lines, files, ignores = []) => ({ files, ignores, rules: { "max-lines": ["error", lines] } });

export default tseslint.config(
  { ignores: ["build/**", ".data/**", "node_modules/**", "test-results/**"] },
  ...tseslint.configs.recommended,
  {
    // Prettier leaves comments and strings as long as they are. SQL and styles: tests/local/line-length.test.ts.
    rules: { "max-len": ["error", { code: 120, ignoreUrls: true, ignoreRegExpLiterals: true }] },
  },
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A promise that nobody waits for is an error that nobody sees.
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/only-throw-error": "off", // Remix throws responses.
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      eqeqeq: ["error", "always"],
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
    },
  },
  {
    files: ["**/*.tsx"],
    ...jsxA11y.flatConfigs.recommended,
    plugins: { "jsx-a11y": jsxA11y, "react-hooks": reactHooks },
    rules: { ...jsxA11y.flatConfigs.recommended.rules, ...reactHooks.configs.recommended.rules },
  },
  {
    // A form says whom it was shown to, so that another tab's sign-in cannot send it for somebody else. The interrupted
    // one keeps what it said.
    files: ["app/**/*.tsx"],
    ignores: ["app/ui/post-form.tsx", "app/routes/login/resume-form.tsx"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "JSXOpeningElement[name.name='form']:not(:has(JSXAttribute[name.name='method'][value.value='get']))",
          message: "Use PostForm.",
        },
      ],
    },
  },
  {
    // On a phone the table is laid out as cards, and display: block takes a browser's table roles away: they are said
    // aloud.
    files: ["app/ui/table.tsx"],
    rules: { "jsx-a11y/no-redundant-roles": "off", "jsx-a11y/no-interactive-element-to-noninteractive-role": "off" },
  },
  {
    // A number in a sentence is written as its language writes numbers: by app/ui/format.ts.
    files: ["app/**/words*.ts"],
    rules: { "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: false }] },
  },
  {
    // One reader of the environment in the web process.
    files: ["app/**/*.{ts,tsx}"],
    ignores: ["app/env.server.ts"],
    rules: {
      "no-restricted-properties": ["error", { object: "process", property: "env", message: "Read app/env.server.ts." }],
    },
  },
  // Emails and stand-ins of other companies hold texts and answers beside what they do.
  atMost(210, ["{emails,mocks}/**/*.{ts,tsx}"]),
  atMost(
    160,
    ["{app,jobs,scripts,server}/**/*.ts", "app/routes/**/route.tsx"],
    [
      "app/**/words.*.ts",
      "app/routes/admin.cases.$code.(notes)/indonesia.ts", // the coasts of a map
      "app/routes/pictures.$file/picture-shapes.ts", // strokes of drawings
      "app/db/{transaction,statement}.server.ts", // one mechanism each, every line of which hangs on the others
      "jobs/queries.ts", // a table of statements
    ],
  ),
  atMost(120, ["app/**/*.tsx"], ["app/routes/**/route.tsx"]),
  {
    files: ["{app,docs,emails,jobs,mocks,scripts,server}/**/*.{ts,tsx}"],
    ignores: ["app/db/connections.server.ts", "jobs/queries.ts"],
    rules: { "max-lines-per-function": ["error", 60] },
  },
);
