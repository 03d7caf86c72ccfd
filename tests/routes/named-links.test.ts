import { beforeAll, expect, test } from "vitest";
import { placeOf } from "#app/ui/places.ts";
import { messages } from "#app/words.ts";
import { doEverything } from "#supabase/tests/every-act.ts";
import { orderFor, reachErp } from "#supabase/tests/trail.ts";
import { people } from "#tests/support/cast.ts";
import { plenty, TestDb } from "#tests/support/rolled-back.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { hrefsOf, walkPages, wordsOf } from "./support/walk.ts";
import { cookieOf, siteMap } from "./support/whole-app.ts";

// Whatever a page of staff names by number or code (orders, stores, people, articles, invoices, incidents, exports) is
// a way to it. Every kind of page is walked, from the lists on, in a database in which everything has been done once.
const { owner, persons } = signedIn("admin", "auditor");
const site = servedApp();

beforeAll(async () => {
  await owner.query("begin");
  const db = new TestDb(owner);
  await doEverything(db);
  // What waits for a decision: answers of the ERP, one of which names another's order, an order over its store's limit,
  // and what an owner disputes.
  const [sku, other] = await plenty(db);
  for (const [quantity, document] of [
    [6, "SO-1"],
    [7, "SO-2"],
    [8, "SO-2"],
  ] as const) {
    await db.fill(people.budi, [sku!, quantity]);
    await reachErp(db, await db.order(people.budi), "SHORT", { lines: [{ sku, missing: 2, price: 0 }] }, [document]);
  }
  await db.fill(people.maya, [sku!, 6]);
  await db.order(people.maya);
  const shadow = await orderFor(db, people.sari, "PTR-0001", other!);
  await db.as(people.budi, () => owner.query("select app.dispute_order($1, 'bukan saya')", [shadow]));
  // So that an order is held, which an admin releases.
  await db.as(people.admin, () => owner.query("select app.suspend_account('SLS-001', 'dipakai orang lain')"));
  await owner.query("commit");
});

const code = /\b(?:(?:ORD|INV|INC|EXP)-\d{4}-\d{5,9}|PTR-\d{4,6}|(?:SLS|ADM|AUD)-\d{3,6}|ALF-\d{4})\b/g;
const article = /^ALF-/;

/** Codes on a page without a way to what they stand for; on its own page something is there. */
export function unlinked(path: string, html: string): string[] {
  // With and without the list that a link leads back to.
  const hrefs = hrefsOf(html).flatMap((href) => [href, href.split("?")[0]!]);
  const own = path.split("?")[0]!;
  // What is written or chosen in a form is no link.
  const read = html.replace(/<(textarea|option)\b[^>]*>.*?<\/\1>/gs, " ");
  return [...new Set(wordsOf(read).match(code))].filter((named) => {
    // Facts of the trail are told as they were written: an SKU among them is not always told apart from other words.
    if (own === "/admin/audit" && article.test(named)) return false;
    const place = article.test(named) ? `/admin/articles/${named}` : placeOf(named)!;
    const ways = [place, ...(named.startsWith("INV-") ? [own] : [])];
    return !own.startsWith(place) && !ways.some((way) => hrefs.includes(way)) && !isOfAnother(named, own, hrefs);
  });
}
/** A salesman's case is his page too, an invoice is its order's, and an alert or dispute leads on to its order. */
function isOfAnother(named: string, own: string, hrefs: string[]): boolean {
  if (named.startsWith("INV-")) return own.startsWith("/admin/orders/") || hrefs.some((to) => to.includes("/orders/"));
  if (named.startsWith("SLS-"))
    return own.startsWith(`/admin/cases/${named}`) || hrefs.includes(`/admin/cases/${named}`);
  if (!named.startsWith("ORD-")) return false;
  return ["approvals", "disputes", "alerts", "reconcile"].some((part) => hrefs.includes(`/admin/${part}/${named}`));
}

async function walk(person: { userId: string; sessionId: string }) {
  const start = [
    "/admin",
    "/admin/orders?held=yes",
    "/admin/tasks?state=done",
    "/admin/incidents?state=closed",
    "/admin/disputes?state=all",
  ];
  for (const { path = "" } of siteMap()) if (path.startsWith("admin/") && !path.includes(":")) start.push(`/${path}`);
  const wrong: Record<string, string> = {};
  const refused: string[] = [];
  const offered: string[] = [];
  const kinds = await walkPages({
    origin: site.origin,
    cookie: await cookieOf(person),
    start: start.filter((path) => !leftOut.test(path)),
    into: (href) => href.startsWith("/admin/") && !leftOut.test(href),
    look: ({ path, kind, html, status }) => {
      if (status === 403 && !start.includes(path)) refused.push(path);
      if (status !== 200) return;
      offered.push(...waysOf(html).filter((way) => deciding.some((word) => way.startsWith(word))));
      for (const named of unlinked(path, html))
        wrong[`${kind} ${named.replace(/\d+$/, "…")}`] ??= `${named} on ${path}`;
    },
  });
  return { wrong, kinds, refused, offered };
}
const t = messages("id");
const deciding = [
  t.reconcile.open,
  t.reconcile.undecided.go,
  t.reconcile.undecided.waiting,
  t.reconcile.order.next,
  t.approvals.open,
  t.orders.held.toDispute,
  t.orders.held.toDecide,
  t.orders.held.toRelease,
];
/** What the links of a page are called, for those who see and for those who listen. */
const waysOf = (html: string) =>
  [...html.matchAll(/<a\b([^>]*)>(.*?)<\/a>/gs)].flatMap(([, attributes = "", inside = ""]) => [
    /aria-label="([^"]*)"/.exec(attributes)?.[1] ?? "",
    inside.replace(/<[^>]*>/g, "").trim(),
  ]);
const leftOut = /evidence\.zip|\/search|\/orders\/export/;

test.each(["admin", "auditor"] as const)(
  "what a page names is a link: as %s",
  async (who) => {
    const { wrong, kinds, refused, offered } = await walk(persons[who]);
    expect(kinds.size).toBeGreaterThan(30);
    expect(wrong).toEqual({});
    // No link leads anybody to where he is not let in, and an auditor is called to decide nothing.
    expect(refused).toEqual([]);
    const { reconcile, approvals, orders } = t;
    const called = [reconcile.open, reconcile.order.next, approvals.open, orders.held.toDispute, orders.held.toRelease];
    const found = called.filter((word) => offered.some((way) => way.startsWith(word)));
    expect(found).toEqual(who === "admin" ? called : []);
    expect(new Set(offered).size > 0).toBe(who === "admin");
  },
  240_000,
);

test("control: a code without a way to it is found, one with it is not", () => {
  expect(unlinked("/admin/x", "<main><p>Salon (PTR-0001)</p></main>")).toEqual(["PTR-0001"]);
  expect(unlinked("/admin/x", '<main><a href="/admin/stores/PTR-0001">Salon (PTR-0001)</a></main>')).toEqual([]);
});
