import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { plenty, rolledBack, type TestDb } from "#tests/support/rolled-back.ts";

const send = "select app.send_report($1, $2, $3, $4, $5, $6, 'id')";
type Sent = { key?: string; kind?: string; page?: string; order?: string | null; words?: string; email?: string };
const values = ({ key, kind, page, order, words, email }: Sent) => [
  key ?? crypto.randomUUID(),
  kind ?? "PROBLEM",
  page ?? "/products?q=rahasia#x",
  order ?? null,
  words ?? "Gambar produk tidak muncul",
  email ?? "",
];
const sent = (db: TestDb, who: string | null, report: Sent = {}) =>
  db.as(who, () => db.value<string>(send, values(report)));
const own = (db: TestDb, who: string) =>
  db.as(who, () => db.rows<{ words: string }>("select words from app.reports order by id"));

test(
  "a problem is a SEV-3, a question a SEV-4, each with its page and no more; sent twice it is one",
  rolledBack(async (db) => {
    const key = crypto.randomUUID();
    const ref = await sent(db, people.budi, { key });
    expect(await sent(db, people.budi, { key, words: "Lain sama sekali" })).toBe(ref);
    const question = await sent(db, people.sari, { kind: "QUESTION", words: "Bagaimana ganti kata sandi?" });
    expect(
      await db.rows(
        `select i.ref, i.severity, i.cause, i.subject_code, i.detail, r.page, r.words from app.reports r
           join app.incidents i on i.id = r.incident_id order by r.id`,
      ),
    ).toEqual(
      [
        {
          ref,
          severity: 3,
          cause: "REPORTED",
          subject_code: "OWN-001",
          detail: {},
          page: "/products",
          words: "Gambar produk tidak muncul",
        },
        {
          ref: question,
          severity: 4,
          cause: "ASKED",
          subject_code: "SLS-001",
          detail: {},
          page: "/products",
          words: "Bagaimana ganti kata sandi?",
        },
      ].map((row, n) => ({ ...row, subject_code: expect.stringMatching(n === 0 ? /./ : /^SLS-001$/) })),
    );
    expect(await db.stopped(people.budi, send, values({ kind: "OTHER" }))).toBe("REPORT_KIND");
    expect(await db.stopped(people.budi, send, values({ words: "  x " }))).toBe("REASON_REQUIRED");
    expect(await db.stopped(people.budi, send, values({ words: "x".repeat(2001) }))).toBe("TOO_LONG");
  }),
);

test(
  "each reads his own and nobody else's; staff read all of them, and they alone who answered",
  rolledBack(async (db) => {
    const ref = await sent(db, people.budi);
    await sent(db, people.maya, { words: "Toko lain bertanya" });
    await sent(db, null, { words: "Tamu bertanya", email: "tamu@demo.test" });
    expect((await own(db, people.budi)).map(({ words }) => words)).toEqual(["Gambar produk tidak muncul"]);
    expect(await own(db, people.sari)).toEqual([]);
    expect(await own(db, people.auditor)).toHaveLength(3);
    const answer = "select app.answer_report($1, $2)";
    for (const who of [people.auditor, people.sari, people.budi])
      expect(await db.stopped(who, answer, [ref, "Sudah kami perbaiki"])).toBe("DENIED");
    expect(await db.stopped(people.admin, answer, [ref, " "])).toBe("REASON_REQUIRED");
    await db.as(people.admin, () => db.rows(answer, [ref, "Sudah kami perbaiki"]));
    expect(await db.as(people.budi, () => db.rows("select words from app.report_answers"))).toEqual([
      { words: "Sudah kami perbaiki" },
    ]);
    expect(await db.as(people.maya, () => db.rows("select words from app.report_answers"))).toEqual([]);
    expect(await db.stopped(people.budi, "select answered_by from app.report_answers")).toBe("42501");
    expect(await db.stopped(people.budi, "select * from app.answers_of_report($1)", [ref])).toBe("DENIED");
    expect(
      await db.as(people.auditor, () => db.rows("select answered_by from app.answers_of_report($1)", [ref])),
    ).toEqual([{ answered_by: "ADM-001" }]);
    // Whoever asked gets it by mail; the incident is in hand.
    expect(
      await db.rows(
        "select recipient, kind, props ->> 'answer' as answer from app.mails where kind = 'REPORT_ANSWERED'",
      ),
    ).toEqual([{ recipient: "budi@demo.test", kind: "REPORT_ANSWERED", answer: "Sudah kami perbaiki" }]);
    expect(await db.value("select acknowledged_by from app.incidents where ref = $1", [ref])).toBe("ADM-001");
  }),
);

test(
  "a guest says where the answer goes; a flood by one address or account ends, and nobody else's with it",
  rolledBack(async (db) => {
    await db.sql.query(`set local app.request = '{"ip": "203.0.113.7"}'`);
    expect(await db.stopped(null, send, values({}))).toBe("EMAIL");
    for (let n = 0; n < 5; n++) await sent(db, null, { email: "tamu@demo.test" });
    expect(await db.stopped(null, send, values({ email: "lain@demo.test" }))).toBe("REPORTS_LIMITED");
    for (let n = 0; n < 10; n++) await sent(db, people.budi);
    expect(await db.stopped(people.budi, send, values({}))).toBe("REPORTS_LIMITED");
    expect(await db.stopped(people.maya, send, values({}))).toBeNull();
    await db.sql.query(`set local app.request = '{"ip": "203.0.113.8"}'`);
    expect(await db.stopped(null, send, values({ email: "lain@demo.test" }))).toBeNull();
  }),
);

test(
  "a household has as many v6 addresses as it likes and counts as one, whatever it floods",
  rolledBack(async (db) => {
    const from = (ip: string) => db.sql.query("select set_config('app.request', $1, true)", [JSON.stringify({ ip })]);
    const email = { email: "tamu@demo.test" };
    const privacy = "select app.ask_privacy($1, 'ACCESS', 'Rahayu', $2, 'Mohon salinan data saya', 'id')";
    const asked = (n: number) => [crypto.randomUUID(), `rahayu${n}@salon.test`];
    for (let n = 0; n < 5; n++) {
      await from(`2001:db8:1:2::${n}`);
      await sent(db, null, email);
      await db.as(null, () => db.value(privacy, asked(n)));
    }
    await from("2001:db8:1:2:ffff::9");
    expect(await db.stopped(null, send, values(email))).toBe("REPORTS_LIMITED");
    expect(await db.stopped(null, privacy, asked(9))).toBe("PRIVACY_LIMITED");
    await from("2001:db8:1:3::1");
    expect(await db.stopped(null, send, values(email)), "control: the neighbour").toBeNull();
    expect(await db.stopped(null, privacy, asked(9)), "control: the neighbour").toBeNull();
  }),
);

test(
  "an order is named only by whoever may read it",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    const number = await db.buy(people.budi, [sku, 1]);
    await sent(db, people.budi, { order: number, words: "Order saya belum datang" });
    await sent(db, people.maya, { order: number, words: "Order orang lain" });
    expect(await db.rows("select words, order_id is not null as named from app.reports order by id")).toEqual([
      { words: "Order saya belum datang", named: true },
      { words: "Order orang lain", named: false },
    ]);
    expect(await db.rows("select kind, key from app.incident_links")).toEqual([{ kind: "order", key: number }]);
  }),
);

test(
  "the link of a letter is a key: a report from its page says the page and not the key",
  rolledBack(async (db) => {
    const key = "12.1800000000.aB3-x_kLmN0pQrStUvWxYz0123456789abcdEFGHIJKLM";
    for (const page of [`/bukan-saya/${key}`, "/b/12345k3m9qhx0v7w2n4tp", `/status/unsubscribe/7.${key.slice(14)}`])
      await sent(db, people.budi, { page });
    await sent(db, people.budi, { page: "/products/B-12345" });
    expect(await db.rows("select page from app.reports order by id")).toEqual(
      ["/bukan-saya", "/b", "/status/unsubscribe", "/products/B-12345"].map((page) => ({ page })),
    );
    expect(await db.ownerStopped("update app.reports set page = $1", [`/bukan-saya/${key}`])).toBe("23514");
  }),
);
