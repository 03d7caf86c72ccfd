import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "#scripts/places.ts";

// Stores and salesmen are sent styles.css; staff is sent all of it within staff.css (app/root.tsx). So what others are
// shown has no class of which staff's file alone knows.

const app = path.join(root, "app");
const read = (file: string) => fs.readFileSync(path.join(app, file), "utf8");
/** Parts that pages of all have, and that staff alone is shown: its search, its menu, rows to tick, dense tables. */
const shownToStaff = [
  "ui/search-field.tsx",
  "ui/main-nav.tsx",
  "ui/numbered-table.tsx",
  "ui/table.tsx",
  "ui/filters.tsx",
];

const classesOf = (css: string) =>
  new Set([...css.replace(/\/\*.*?\*\//gs, "").matchAll(/\.([a-z][\w-]*)(?=[^{};]*\{)/g)].map(([, name]) => name!));

/** Adds a file and all that it imports. */
function follow(file: string, found: Set<string>): Set<string> {
  if (found.has(file) || !fs.existsSync(path.join(app, file))) return found;
  found.add(file);
  for (const [, name] of read(file).matchAll(/from "((?:#app|\.)\/[^"]+\.tsx?)"/g))
    follow(name!.startsWith("#app/") ? name!.slice(5) : path.join(path.dirname(file), name!), found);
  return found;
}

test("nothing that stores or salesmen are shown has a class of which staff's styles alone know", () => {
  const ours = classesOf(read("ui/styles.css"));
  const staffs = [...classesOf(read("ui/staff.css"))].filter((name) => !ours.has(name));
  expect(staffs).toContain("approval");
  const routes = fs.readdirSync(path.join(app, "routes")).filter((name) => !name.startsWith("admin"));
  const files = follow("root.tsx", new Set());
  for (const name of routes) follow(`routes/${name}/route.tsx`, files);
  expect(files).toContain("catalogue/product-card.tsx");
  const named = new RegExp(`className[^>]*(?<![\\w.-])(${staffs.join("|")})(?![\\w.-])`);
  const strangers = [...files].flatMap((file) =>
    file.endsWith(".tsx") && !shownToStaff.includes(file)
      ? read(file)
          .split("\n")
          .flatMap((line) => (named.test(line) ? [`${file}: ${line.trim()}`] : []))
      : [],
  );
  expect(strangers).toEqual([]);
});
