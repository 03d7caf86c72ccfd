import path from "node:path";
import { expect, test, vi } from "vitest";
import { withPart } from "../support/written.ts";
import { addressTables, note, noteParams } from "./support/addresses.ts";

vi.mock("#app/http/page.server.ts", async (real) => ({ ...(await real<object>()), page: note }));
vi.mock("#app/http/submit.server.ts", async (real) => ({ ...(await real<object>()), submit: note }));

// The routes and the schemas of their forms say what there is; `npm run docs` writes it down.
test("the list of addresses and forms is what the routes have", async () => {
  noteParams();
  const file = "docs/addresses.md";
  await expect(await withPart(file, "addresses", await addressTables())).toMatchFileSnapshot(path.resolve(file));
});
