import { beforeAll, expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { writeMail } from "#emails/mails.ts";
import { people } from "#tests/support/cast.ts";
import { plenty, TestDb } from "#tests/support/rolled-back.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { pageFor, servedApp } from "#tests/support/site.ts";
import { ask } from "./support/whole-app.ts";

// What the system says by itself is a code in the database and a sentence on the page, in the reader's language.

const { owner, persons } = signedIn("admin", "auditor", "budi");
const db = new TestDb(owner);
const site = servedApp();
const suspended = {
  id:
    "Skor 95: terlalu banyak toko dalam 60 menit, pemilik toko menyangkal order, keranjang yang sama di " +
    "banyak toko",
  en:
    "Score 95: too many stores within 60 minutes, an owner says that an order is not his, the same basket in " +
    "many stores",
};
const ended = {
  id: "order berakhir, dokumennya dihentikan di ERP",
  en: "the order ended, its document is stopped in the ERP",
};

// Committed, on a database of this file's own: a salesman whom the rules shut out, an order that ends while its
// document waits to be corrected.
beforeAll(async () => {
  await owner.query("begin");
  await owner.query(
    `
      select private.add_abuse_hit($1, null, rule, '{}')
        from unnest(array['STORES_PER_HOUR', 'SAME_BASKET', 'OWNER_DISPUTED']) rule`,
    [people.sari],
  );
  await owner.query("select private.act_on_score($1, null, now())", [people.sari]);
  const [sku] = await plenty(db);
  await owner.query("delete from app.cart_items");
  await db.fill(people.budi, [sku, 3]);
  const number = await db.order(people.budi, crypto.randomUUID());
  await owner.query(
    `
      select private.open_task('CORRECT_IN_ERP', 'correct-in-erp/' || number, null, id, null, interval '1 day')
        from app.orders where number = $1`,
    [number],
  );
  await db.as(people.admin, () => owner.query("select app.move_order($1, 'CANCELLED', 'tidak jadi')", [number]));
  await owner.query("commit");
});

/** Each of these in its language, and none in the other's. */
async function expectSaid(said: { id: string; en: string }, read: (lang: "id" | "en") => Promise<string>) {
  const [id, en] = [await read("id"), await read("en")];
  expect(id).toContain(said.id);
  expect(en).toContain(said.en);
  expect(id).not.toContain(said.en);
  expect(en).not.toContain(said.id);
}

test.each([
  ["admin", "/admin/accounts/SLS-001"],
  ["admin", "/admin/cases/SLS-001"],
  ["auditor", "/admin/audit?action=ACCOUNT_SUSPENDED"],
] as const)("why the rules shut somebody out, %s reads in his language at %s", (who, path) =>
  expectSaid(suspended, (lang) => pageFor(site, persons[who], path, lang)),
);

test("the mail about it says so too, in its reader's language", async () => {
  const facts = await db.value<Record<string, unknown>>(
    "select props from app.mails where kind = 'ACCOUNT_SUSPENDED' limit 1",
  );
  await expectSaid(suspended, async (lang) => (await writeMail("ACCOUNT_SUSPENDED", lang, facts)).text);
});

test("what ended a task by itself is said in the reader's language", () =>
  expectSaid(ended, (lang) => pageFor(site, persons.admin, "/admin/tasks?state=done", lang)));

test("numbers are written as the page's language writes them", async () => {
  const money = { id: /Rp[ \u00a0]\d{1,3}(?:\.\d{3})+(?![.,]?\d)/g, en: /Rp[ \u00a0]\d{1,3}(?:,\d{3})+(?![.,]?\d)/g };
  const any = /Rp[ \u00a0]\d{1,3}[.,]\d/g;
  const seen = { id: 0, en: 0 };
  const pages = ["/admin", "/admin/orders", "/admin/approvals", "/admin/stores/PTR-0001", "/admin/settings"];
  for (const [who, paths] of [
    ["admin", pages],
    ["budi", ["/dashboard", "/products", "/orders", "/shadow"]],
  ] as const)
    for (const path of paths)
      for (const lang of ["id", "en"] as const) {
        const html = await pageFor(site, persons[who], path, lang);
        const own = html.match(money[lang])?.length ?? 0;
        expect(own, `${path} ${lang}`).toBe(html.match(any)?.length ?? 0);
        seen[lang] += own;
      }
  expect(Math.min(seen.id, seen.en)).toBeGreaterThan(20);
});

test("a page with a mistake says so first of all, in its title and its language; one without does not", async () => {
  const titles = async (lang: "id" | "en") => {
    const headers = { cookie: `lang=${lang}`, "content-type": "application/x-www-form-urlencoded" };
    const body = "token_hash=x&password=short&repeat=other";
    const answers = [
      await ask(site.origin, "/password/reset", { method: "POST", headers, body }),
      await ask(site.origin, "/password/forgot", { headers }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 200]);
    const read = async (answer: Response) => /<title>(.*?)<\/title>/.exec(await answer.text())![1];
    return Promise.all(answers.map(read));
  };
  const of = (lang: "id" | "en") => {
    const { ui, accounts } = messages(lang);
    return [ui.title(accounts.reset.title), ui.title(accounts.forgot.title)] as const;
  };
  expect(await titles("id")).toEqual([`Galat: ${of("id")[0]}`, of("id")[1]]);
  expect(await titles("en")).toEqual([`Error: ${of("en")[0]}`, of("en")[1]]);
});
