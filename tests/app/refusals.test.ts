import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DatabaseRefusal, fromPostgres, NotFound, SessionEnded } from "#app/db/errors.server.ts";
import { withFacts } from "#app/http/refusal-words.server.ts";
import { replyTo } from "#app/http/reply.server.ts";
import { type Lang, messages, ofEveryRoom } from "#app/words.ts";
import { refused } from "#app/routes/admin.reconcile.$number.($act)/refused.ts";

const folder = "supabase/schemas";
const schemas = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, "utf8"));
const all = (pattern: RegExp) => schemas.flatMap((sql) => [...sql.matchAll(pattern)].map(([, what]) => what!));
const reasons = [...new Set(all(/perform private\.refuse\(\s*'(\w+)'/g))];
const langs: Lang[] = ["id", "en"];

/** Told by a page instead of a sentence: beside each line of the cart, or as whose form it was and who is here now. */
const pages = ["CART_LINES", "SHOWN_TO_ANOTHER"];
const ofReconciliation = (reason: string, lang: Lang) =>
  refused({ reason, detail: {} }, undefined, messages(lang).reconcile, lang) !== null;

test.each(langs)("whatever SQL refuses for has words (%s)", (lang) => {
  expect(reasons.length).toBeGreaterThan(40);
  const told = [...Object.keys(ofEveryRoom(messages(lang), "codes")), ...Object.keys(withFacts), ...pages];
  expect(reasons.filter((reason) => !told.includes(reason) && !ofReconciliation(reason, lang))).toEqual([]);
});

test("SQL refuses in one way: by a reason in plain sight", () => {
  const calls = all(/(private\.refuse\([^)]{0,20})/g).filter((call) => !call.startsWith("private.refuse(reason text"));
  expect(calls.filter((call) => !/^private\.refuse\('[A-Z_]+'/.test(call))).toEqual([]);
  // What Postgres raises itself: a login that is over, a check that fails. And what a trial takes itself back by, which
  // whoever raises it catches.
  expect([...new Set(all(/errcode = (\S+?)[,;]/g))].sort()).toEqual(["'23514'", "'28000'", "'REFUS'", "'TRIED'"]);
  expect(all(/(when sqlstate 'TRIED')/g)).toHaveLength(all(/(errcode = 'TRIED')/g).length);
});

const raised = (facts: object) => fromPostgres({ code: "REFUS", severity: "ERROR", detail: JSON.stringify(facts) });

test("a refusal arrives with reason, field and facts; what Postgres refuses of itself under the same names", () => {
  expect(raised({ reason: "STALE", by: "ADM-001" })).toMatchObject({ reason: "STALE", detail: { by: "ADM-001" } });
  expect(raised({ reason: "DAY", field: "from" })).toMatchObject({ reason: "DAY", field: "from", detail: {} });
  expect(raised({ reason: "NOT_FOUND" })).toBeInstanceOf(NotFound);
  expect(fromPostgres({ code: "28000" })).toBeInstanceOf(SessionEnded);
  expect(fromPostgres({ code: "42501" })).toMatchObject({ reason: "DENIED" });
  expect(fromPostgres({ code: "23514" })).not.toBeInstanceOf(DatabaseRefusal);
});

test("typed wrongly 400 beside its field, changed meanwhile 409, not there 404, denied 403", async () => {
  const codes = ofEveryRoom(messages("en"), "codes");
  const typed = { note: "x" };
  const answer = (reason: string, field?: string, detail = {}) => {
    const { data, init } = replyTo(new DatabaseRefusal(reason, detail, field), "en", typed);
    expect(data.values).toEqual(typed);
    return [init?.status, data.errors];
  };
  expect(answer("REASON_REQUIRED", "note")).toEqual([400, [{ field: "note", message: codes.REASON_REQUIRED }]]);
  expect(answer("LAST_ADMIN")).toEqual([409, [{ message: codes.LAST_ADMIN }]]);
  expect(answer("NUMBER_TAKEN"), "staff's, elsewhere").toEqual([409, [{ message: codes.STALE }]]);
  expect(answer("CREDIT_FIRST", undefined, { number: "ORD-2026-000001" })).toEqual([
    409,
    [{ message: codes.CREDIT_FIRST, href: "/admin/approvals/ORD-2026-000001" }],
  ]);
  for (const [reason, status, text] of [
    ["NOT_FOUND", 404, codes.NOT_FOUND],
    ["DENIED", 403, codes.DENIED],
  ] as const) {
    const thrown = await Promise.resolve(reason)
      .then((each) => answer(each))
      .catch((error: Response) => error);
    if (!(thrown instanceof Response)) throw new Error("It was handed back instead of thrown.");
    expect([thrown.status, await thrown.text()]).toEqual([status, text]);
  }
});

test("a cap that is used up advises nothing that cannot help, and a short line says its stock once", () => {
  const told = (reason: string, detail: object) =>
    withFacts[reason]!(new DatabaseRefusal(reason, { ...detail }), "id").map(({ message }) => message);
  const cap = { cap: 5_000_000, used: 5_000_000, left: 0, total: 90_000 };
  expect(told("CAP_REACHED", cap).join()).not.toMatch(/Rp\s0|Kurangi/);
  expect(told("CAP_REACHED", { ...cap, left: 40_000 }).join()).toMatch(/tersisa Rp\s40\.000.*Kurangi isinya/);
  const [, line] = told("STOCK_SHORT", { lines: [{ sku: "ALF-0001", name: "Shampoo", asked: 12, left: 5 }] });
  expect(line).toBe("Shampoo: diminta 12. Stok tinggal 5. Kurangi jumlah atau centang pre-order.");
});
