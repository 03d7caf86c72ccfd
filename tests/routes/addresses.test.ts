import path from "node:path";
import { expect, test, vi } from "vitest";
import { withPart } from "../support/written.ts";
import { addressTables, note, noteParams } from "./support/addresses.ts";
import { siteMap } from "./support/whole-app.ts";

vi.mock("#app/http/page.server.ts", async (real) => ({ ...(await real<object>()), page: note }));
vi.mock("#app/http/submit.server.ts", async (real) => ({ ...(await real<object>()), submit: note }));

// The routes and the schemas of their forms say what there is; `npm run docs` writes it down.
test("the list of addresses and forms is what the routes have", async () => {
  noteParams();
  const file = "docs/addresses.md";
  await expect(await withPart(file, "addresses", await addressTables())).toMatchFileSnapshot(path.resolve(file));
});

test("a refusal can name whatever page refuses somebody: the database knows each and no other", async () => {
  // To everybody.
  const open = ["", "login", "logout", "language", "password", "pictures", "api", "webhooks", "*"];
  const pages = siteMap()
    .map(({ path = "" }) => path.split("/"))
    .map(([first = "", second]) => (first === "admin" && second ? `admin/${second}` : first))
    .filter((page) => !open.includes(page));
  const sql = [
    "-- Written by `npm run docs` from app/routes: the pages that refuse somebody, without their variable parts.",
    "create function private.is_page(p_page text) returns boolean language sql immutable",
    "return p_page in (",
    [...new Set(pages)]
      .sort()
      .map((page) => `  '${page}'`)
      .join(",\n"),
    ");\n",
  ].join("\n");
  await expect(sql).toMatchFileSnapshot(path.resolve("supabase/schemas/21-pages.sql"));
});
