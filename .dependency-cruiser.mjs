/** Who may know whom: docs/architecture.md, "Imports". @type {import("dependency-cruiser").IConfiguration} */
import { readdirSync } from "node:fs";

/** Every folder of app/ that is about something of the business is a room. */
const names = readdirSync(`${import.meta.dirname}/app`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !["db", "http", "routes", "ui"].includes(entry.name))
  .map(({ name }) => name);
const rooms = names.map((name) => `app/${name}`);
const inside = (...folders) => `^(${folders.join("|")})/`;
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

export default {
  forbidden: [
    rule(
      "no-circles",
      "Two files that need each other are one.",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
    rule(
      "nothing-imports-a-route",
      "What two pages share lies in a room or in ui.",
      { pathNot: inside("app/routes") },
      { path: inside("app/routes") },
    ),
    // A rule for each: the name of a folder is no pattern, with its $code.(notes).
    ...readdirSync(`${import.meta.dirname}/app/routes`).map((folder) => {
      const own = `^app/routes/${folder.replace(/[.$()]/g, "[$&]")}/`;
      return rule(
        "routes-stay-apart",
        "A page knows its own folder only.",
        { path: own },
        { path: inside("app/routes"), pathNot: own },
      );
    }),
    rule(
      "rooms-share-nouns",
      "A room knows what another is about (its <noun>.ts), neither its SQL nor its components: " +
        "pages put those together.",
      { path: `^app/(${names.join("|")})/` },
      { path: rooms.map((room) => `^${room}/.*([.]server[.]ts|[.]tsx)$`), pathNot: "^app/$1/" },
    ),
    rule(
      "rooms-know-no-request",
      "What is in a room runs in a request, a job or a test.",
      { path: inside(...rooms), pathNot: "[.]tsx$" },
      {
        path: [inside("app/http", "app/routes"), "node_modules/(@remix-run|react)"],
        dependencyTypesNot: ["type-only"],
      },
    ),
    rule(
      "components-have-no-data",
      "Components are given what they show.",
      { path: "^app/.*[.]tsx$", pathNot: ["^app/routes/.*/route[.]tsx$", "^app/(root|entry[.]server)[.]tsx$"] },
      { path: [inside("app/db", "app/http"), "[.]server[.]ts$"], dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "what-runs-anywhere-knows-no-server",
      "",
      { path: inside(...rooms, "app/ui"), pathNot: "[.]server[.]ts$" },
      { path: "[.]server[.]ts$", dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "ui-knows-no-room",
      "Field, table, badge: nothing of the business.",
      { path: inside("app/ui") },
      { path: inside(...rooms) },
    ),
    rule(
      "words-are-texts",
      "Texts in two languages, the types of the sets that they are about, and how a figure is written in them.",
      { path: ["^app/words[.]", "^app/[a-z]+/words[.]"] },
      {
        pathNot: [
          "^app/words[.]",
          "^app/[a-z]+/words[.]",
          "^app/abuse/figures[.]ts$",
          "^app/ui/word[.]ts$",
          "^app/ui/say[.]ts$",
        ],
        dependencyTypesNot: ["type-only"],
      },
    ),
    rule(
      "transactions-know-no-business",
      "",
      { path: inside("app/db") },
      { path: inside("app/http", "app/routes", "app/ui", ...rooms), dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "only-transactions-open-connections",
      "SQL leaves through app/db (web) or jobs/queries.ts (worker).",
      { path: inside("app"), pathNot: inside("app/db") },
      { path: "node_modules/pg/" },
    ),
    rule(
      "app-sees-queues-only",
      "The web wakes the worker and knows nothing else of it.",
      { path: inside("app", "server") },
      { path: inside("jobs"), pathNot: "^jobs/queues\\.ts$" },
    ),
    rule(
      "nothing-lies-idle",
      "What the worker does is a row of jobs/loops.ts, or a command; the watcher is a process of its own.",
      { path: ["^jobs/(worker|watcher/main)[.]ts$", inside("jobs/commands")] },
      { path: inside("jobs"), pathNot: "^jobs/((worker|watcher/main)[.]ts$|commands/)", reachable: false },
    ),
    rule(
      "emails-know-emails",
      "A mail is words and props; money, moments, numbers in words and why somebody was suspended are written as on " +
        "the pages.",
      { path: inside("emails") },
      {
        path: inside("app", "jobs", "mocks", "scripts", "supabase", "server"),
        pathNot: "^app/(ui/(format|say)|abuse/words[.]suspended[.](id|en))[.]ts$",
      },
    ),
    rule(
      "production-has-no-mocks",
      "Stand-ins for other companies never ship.",
      { path: ["^server\\.ts$", inside("app", "jobs", "emails", "server")] },
      { path: inside("mocks", "tests", "scripts", "supabase") },
    ),
    rule(
      "scripts-run-the-rest",
      "They start and stop the other parts; no part knows who starts it.",
      { pathNot: inside("scripts", "tests", "docs") },
      { path: inside("scripts") },
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
