import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack } from "#tests/support/rolled-back.ts";

const digest = "ab".repeat(32);

test(
  "a salesman's key is of the store that he acts for: what one was answered is not told of another",
  rolledBack(async (db) => {
    const begun = () =>
      db.as(people.sari, () =>
        db.value<{ state: string; answer?: unknown }>("select app.begin_post('/api/orders', 'k-1', $1)", [digest]),
      );
    const [first = "", other = ""] = (
      await db.rows<{ code: string }>(
        `select p.code from app.assignments a join app.partners p on p.id = a.partner_id join app.accounts c
             on c.id = p.account_id
          where a.salesman_id = $1 and c.status = 'ACTIVE' order by p.code`,
        [people.sari],
      )
    ).map(({ code }) => code);
    expect(other).toMatch(/^PTR-/);
    await db.actFor(people.sari, first);
    expect((await begun()).state).toBe("NEW");
    await db.as(people.sari, () =>
      db.value("select app.end_post('/api/orders', 'k-1', $1, '{\"number\": \"ORD-2026-000001\"}')", [digest]),
    );
    expect(await begun(), "control: the same store hears the same").toEqual({
      state: "DONE",
      answer: { number: "ORD-2026-000001" },
    });
    await db.as(people.sari, () => db.rows("select app.end_acting()"));
    await db.actFor(people.sari, other);
    expect((await begun()).state).toBe("NEW");
  }),
);
