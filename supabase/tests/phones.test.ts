import { expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { noNumbers, otherNumbers, sameNumber, theNumber } from "#tests/support/phones.ts";
import { rolledBack } from "#tests/support/rolled-back.ts";

// A NUL cannot reach the database: forms and the protocol stop it.
const typed = [...sameNumber, ...otherNumbers.map(([each]) => each), ...noNumbers].filter(
  (each) => !each.includes("\0"),
);
const meant = new Map([...sameNumber.map((each) => [each, theNumber] as const), ...otherNumbers]);

test(
  "SQL reads a number as the forms do",
  rolledBack(async (db) => {
    const read = await db.rows<{ typed: string; number: string | null }>(
      "select typed, private.phone(typed) as number from unnest($1::text[]) typed",
      [typed],
    );
    expect(read).toEqual(typed.map((each) => ({ typed: each, number: meant.get(each) ?? null })));
  }),
);

const columns = [
  ["app.partner_contacts", "owner_whatsapp", `partner_id = '${stores.budi}'`],
  ["app.sub_distributors", "whatsapp", "region_code = 'JTM'"],
] as const;
test.each(columns)("%s.%s keeps a number as it is called, and in no other way", (table, column, where) =>
  rolledBack(async (db) => {
    for (const each of new Set([...typed, ...meant.values()])) {
      const wrote = await db.sql
        .query("savepoint try")
        .then(() => db.sql.query(`update ${table} set ${column} = $1 where ${where}`, [each]))
        .then(({ rowCount }) => rowCount)
        .catch(() => "refused");
      await db.sql.query("rollback to savepoint try");
      expect([each, wrote]).toEqual([each, [...meant.values()].includes(each) ? 1 : "refused"]);
    }
  })(),
);

test(
  "an SMS that is sent again goes to the number that was meant, and to none that cannot be one",
  rolledBack(async (db) => {
    await db.sql.query("insert into private.alert_channels (channel) values ('SMS'), ('EMAIL') on conflict do nothing");
    const number = await db.value<string>(
      `select o.number from app.orders o join app.shadow_alerts a on a.order_id = o.id
        where o.partner_id = $1 order by o.id desc limit 1`,
      [stores.budi],
    );
    const fail = () =>
      db.sql.query(
        `insert into app.shadow_alerts (order_id, channel, recipient, state)
           select id, 'SMS', '628120000000', 'FAILED' from app.orders where number = $1
         on conflict (order_id, channel) do update set state = 'FAILED', recipient = '628120000000'`,
        [number],
      );
    const again = "select app.resend_alert($1, 'SMS', $2, 'nomor lama tidak aktif')";
    await fail();
    for (const each of noNumbers.filter((each) => !each.includes("\0")))
      expect([each, await db.stopped(people.admin, again, [number, each])]).toEqual([each, "PHONE"]);
    for (const each of sameNumber) {
      await fail();
      await db.as(people.admin, () => db.sql.query(again, [number, each]));
      expect(
        await db.value(
          `select a.recipient || ' ' || c.owner_whatsapp from app.shadow_alerts a
             join app.orders o on o.id = a.order_id join app.partner_contacts c on c.partner_id = o.partner_id
            where o.number = $1 and a.channel = 'SMS'`,
          [number],
        ),
      ).toBe(`${theNumber} ${theNumber}`);
    }
    expect(
      await db.value("select count(*)::int from app.audit_events where action = 'OWNER_CONTACT_CHANGED'"),
    ).toBeGreaterThan(0);
  }),
);
