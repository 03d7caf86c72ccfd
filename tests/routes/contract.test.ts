import fs from "node:fs";
import { expect, test } from "vitest";
import { readSchema } from "#supabase/local/schema.ts";
import { routeModules, siteMap } from "./support/whole-app.ts";

// README promises these addresses to links, bookmarks and scripts.
const contract = /\n## Addresses and forms\n([\s\S]+?)\n## /.exec(fs.readFileSync("README.md", "utf8"))![1]!;
/** Addresses in it, as the router writes them: no query, and each :name alike. */
const addresses = (text: string) => [...text.matchAll(/(?<=[`\s])(\/[\w/:.-]*)/g)].map(([, path]) => alike(path!));
const alike = (path: string) =>
  `/${path}`
    .replace(/\/+/g, "/")
    .replace(/(?<=.)\/$/, "")
    .replace(/:[\w-]+/g, ":");
/** «POST /a/:b/decision`, `…/keying`»: what stands for the beginning is the address before it without its last part. */
const forms = (row: string) => {
  const [first = "", ...more] = [...row.matchAll(/`(?:POST )?([/…][\w/:.-]*)/g)].map(([, path]) => path!);
  const [last, ...rest] = [first.replace(/\/:number\/\w+$|\/[\w-]+$/, ""), first.replace(/\/[\w-]+$/, "")];
  return [
    first,
    ...more.flatMap((path) => (path.startsWith("…") ? [last!, ...rest].map((begin) => begin + path.slice(1)) : [path])),
  ].map(alike);
};
const ours = siteMap().flatMap(({ id, path = "", index }) => {
  const whole = path.replace(/\/:?[\w-]+\?$/, "");
  const optional = /\/(:?[\w-]+)\?$/.exec(path)?.[1];
  return [
    { id, path: alike(index && !path ? "/" : whole), several: false },
    ...(optional ? [{ id, path: alike(`${whole}/${optional}`), several: optional.startsWith(":") }] : []),
  ];
});

test("every page the README names is there; every page there is named: as a page or its form's address", async () => {
  const rows = contract.split("\n").filter((line) => line.startsWith("|"));
  const pages = rows.filter((row) => !row.includes("POST ")).flatMap(addresses);
  const posted = rows.filter((row) => row.includes("POST ")).flatMap(forms);
  const modules = await routeModules();
  const shown = ours.filter(({ id }) => modules[id]!.default);
  expect(pages.length).toBeGreaterThan(40);
  expect(pages.filter((page) => !ours.some(({ path }) => path === page))).toEqual([]);
  // `:form?` stands for several forms, each with a name.
  expect(
    shown
      .filter(({ path, several }) => ![...pages, ...posted].includes(path) && !several && !path.includes("*"))
      .map(({ path }) => path),
  ).toEqual([]);
});

test("a refusal can name whatever page refuses somebody: the database's list has each of them, and no other", () => {
  const list = /v_page text := case when p_page = any \(array\[([^\]]+)\]/i.exec(readSchema().sql)![1]!;
  const known = [...list.matchAll(/'([^']+)'/g)].map(([, page]) => page!);
  // To everybody.
  const open = ["/", "/login", "/logout", "/language", "/password", "/pictures", "/api", "/webhooks", "/*"];
  const refusing = ours
    .map(({ path }) =>
      (path.startsWith("/admin/") ? path.split("/").slice(1, 3) : path.split("/").slice(1, 2)).join("/"),
    )
    .filter((page) => !open.includes(`/${page}`));
  expect(new Set(known)).toEqual(new Set(refusing));
});
