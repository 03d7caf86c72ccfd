import fs from "node:fs";
import { getConstructionPlans } from "pg-boss";
import { expect, test } from "vitest";

const longest = 120;
/** What pg-boss prints is kept as it prints it, so that an upgrade can be compared line by line. */
const printed = new Set(getConstructionPlans("pgboss").split("\n"));
/** A picture in a style sheet is one word, however long. */
const isWhole = (line: string) => /url\("data:/.test(line) || printed.has(line);

test("no line of SQL, styles, templates or settings is longer than 120 characters", () => {
  const files = [...fs.globSync("{app,jobs,supabase}/**/*.{sql,css,html,toml}"), ".env.example"];
  expect(files.length).toBeGreaterThan(40);
  const long = files.flatMap((file) =>
    fs
      .readFileSync(file, "utf8")
      .split("\n")
      .flatMap((line, index) => (line.length > longest && !isWhole(line) ? [`${file}:${index + 1}`] : [])),
  );
  expect(long).toEqual([]);
});
