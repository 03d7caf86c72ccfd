import { expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { pageFor, servedApp } from "#tests/support/site.ts";
import { shownFor } from "./support/senders.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

const { persons } = signedIn("admin");
const site = servedApp();
const t = messages("id").reconcile.bulk;

test("of several decided at once, those that could not be are shown again by number, and why", async () => {
  const numbers = ["ORD-2001-000001", "ORD-2001-000002"];
  const checked = "2026-11-30 00:00:00.123456+00";
  const answer = await ask(site.origin, "/admin/reconcile/bulk", {
    method: "POST",
    headers: {
      cookie: await cookieOf(persons.admin),
      origin: "http://alfa.test",
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams([
      ["shown_for", shownFor.admin],
      ["resolution", "CUT"],
      ["note", ""],
      ...numbers.map((number) => [`o-${number}`, checked]),
    ]).toString(),
  });
  expect(answer.status).toBe(303);
  const look = await pageFor(site, persons.admin, answer.headers.get("location")!);
  expect(look).toContain(t.leftOut);
  for (const number of numbers) expect(look).toMatch(new RegExp(`${number}</a>(?:<!-- -->)?: ${t.gone}`));
});
