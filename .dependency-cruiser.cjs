/** Who may know whom: docs/architecture.md, "Imports". @type {import("dependency-cruiser").IConfiguration} */
const inside = (...folders) => `^(${folders.join("|")})/`;
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    rule(
      "no-circles",
      "Two files that need each other are one.",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
    rule(
      "nothing-imports-a-route",
      "What two routes share lives in models, http or ui.",
      { pathNot: inside("app/routes") },
      { path: inside("app/routes") },
    ),
    rule(
      "routes-stay-apart",
      "A route knows its own folder only.",
      { path: "^app/routes/([^/]+)/" },
      { path: inside("app/routes"), pathNot: "^app/routes/$1/" },
    ),
    rule(
      "models-know-no-request",
      "A model runs in a request, a job or a test.",
      { path: inside("app/models") },
      {
        path: [inside("app/http", "app/routes"), "node_modules/(@remix-run|react)"],
        dependencyTypesNot: ["type-only"],
      },
    ),
    rule(
      "door-knows-no-business",
      "",
      { path: inside("app/db") },
      { path: inside("app/(models|http|routes|ui)"), dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "only-the-door-opens-connections",
      "SQL leaves through app/db (web) or jobs/counter.ts (worker).",
      { path: inside("app"), pathNot: inside("app/db") },
      { path: "node_modules/pg/" },
    ),
    rule(
      "ui-has-no-data",
      "Components are given what they show.",
      { path: inside("app/ui") },
      { path: [inside("app/db", "app/http"), "\\.server\\.ts$"], dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "app-sees-queues-only",
      "The web wakes the worker and knows nothing else of it.",
      { path: inside("app", "server") },
      { path: inside("jobs"), pathNot: "^jobs/queues\\.ts$" },
    ),
    rule(
      "emails-know-emails",
      "A letter is words and props.",
      { path: inside("emails") },
      { path: inside("app", "jobs", "mocks", "supabase", "server") },
    ),
    rule(
      "production-has-no-mocks",
      "Stand-ins for other companies never ship.",
      { path: ["^server\\.ts$", inside("app", "jobs", "emails", "server")] },
      { path: inside("mocks", "tests", "supabase") },
    ),
    rule("no-unlisted-packages", "", { pathNot: inside("tests") }, { dependencyTypes: ["npm-no-pkg", "npm-unknown"] }),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
