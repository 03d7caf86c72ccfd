import { expect, test } from "vitest";
import { writeAs } from "#app/db/transaction.server.ts";
import { suspendAccount } from "#app/accounts/suspension.server.ts";
import { messages } from "#app/words.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

const { persons } = signedIn("admin", "budi");
const site = servedApp();
const origin = { ip: "10.0.0.8", userAgent: "vitest", requestId: crypto.randomUUID(), device: null };

test("whoever is suspended while he writes reads what he wrote, and that his cart is kept", async () => {
  const headers = {
    cookie: await cookieOf(persons.budi),
    origin: site.origin,
    "content-type": "application/x-www-form-urlencoded",
  };
  const checkout = await (await ask(site.origin, "/cart", { headers })).text();
  const shown = /name="shown_for" value="([^"]+)"/.exec(checkout)![1]!;
  await writeAs(persons.admin, origin, (db) => suspendAccount(db, "PTR-0001", "Menunggak tiga bulan"));
  const body = new URLSearchParams({
    shown_for: shown,
    checkout_key: crypto.randomUUID(),
    note: "Lewat pintu belakang",
  });
  const answer = await ask(site.origin, "/checkout", { method: "POST", headers, body: body.toString() });
  expect(answer.status).toBe(401);
  const { ended, mismatch } = messages("id").accounts;
  const page = await answer.text();
  for (const words of [ended.SUSPENDED.title, "Keranjang", mismatch.notKept, "Lewat pintu belakang"])
    expect(page).toContain(words);
});
