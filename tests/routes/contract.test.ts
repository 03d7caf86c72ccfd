import fs from "node:fs";
import { expect, test } from "vitest";
import { routeModules, siteMap } from "./support/whole-app.ts";

// docs/addresses.md promises these addresses to links, bookmarks and scripts.
const contract = fs.readFileSync("docs/addresses.md", "utf8").split("\n## API\n")[0]!;
/** Addresses in it, as the router writes them: no query, and each :name alike. */
const addresses = (text: string) =>
  [...text.matchAll(/(?<=[`\s])(\/[a-z][\w/:.-]*|\/(?=[`?]))/g)].map(([, path]) => alike(path!));
const alike = (path: string) =>
  `/${path}`
    .replace(/\/+/g, "/")
    .replace(/(?<=.)\/$/, "")
    .replace(/:[\w-]+/g, ":");
const ours = siteMap().flatMap(({ id, path = "", index }) => {
  const whole = path.replace(/\/:?[\w-]+\?$/, "");
  const optional = /\/(:?[\w-]+)\?$/.exec(path)?.[1];
  return [
    { id, path: alike(index && !path ? "/" : whole), several: false },
    ...(optional ? [{ id, path: alike(`${whole}/${optional}`), several: optional.startsWith(":") }] : []),
  ];
});

test("every page the docs name is there; every page there is named: as a page or its form's address", async () => {
  const rows = contract.split("\n").filter((line) => line.startsWith("|"));
  const pages = rows.filter((row) => !row.includes("POST ")).flatMap(addresses);
  const posted = rows.filter((row) => row.includes("POST ")).flatMap(addresses);
  const modules = await routeModules();
  const shown = ours.filter(({ id }) => modules[id]!.default);
  expect(pages.length).toBeGreaterThan(40);
  expect(pages.filter((page) => !ours.some(({ path }) => path === page))).toEqual([]);
  // In the words around the tables, too; a form's name may stand for `:form?`.
  const there = [...ours.map(({ path }) => path), ...posted];
  expect(addresses(contract).filter((address) => !there.includes(address))).toEqual([]);
  // `:form?` stands for several forms, each with a name.
  expect(
    shown
      .filter(({ path, several }) => ![...pages, ...posted].includes(path) && !several && !path.includes("*"))
      .map(({ path }) => path),
  ).toEqual([]);
});
