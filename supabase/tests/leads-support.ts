import type { TestDb } from "#tests/support/rolled-back.ts";

/** A lead as the web hands it on. */
export const rahayu = {
  business_name: "Salon Rahayu",
  contact_name: "Ibu Rahayu",
  phone_whatsapp: "6281234567890",
  city: "Bandung",
  salon_type: "SALON",
  email: "Rahayu@salon.test",
  chair_count: 4,
  message: "Ingin daftar harga",
};

/** Sends one as a guest from an address; gives the seconds to wait. */
export const submit = (
  db: TestDb,
  lead: object = rahayu,
  {
    key = `test/${crypto.randomUUID()}`,
    ip = "203.0.113.9",
    received = null as Date | string | null,
    mailed = false,
  } = {},
) =>
  db.as(null, async () => {
    await db.sql.query("select set_config('app.request', $1, true)", [JSON.stringify({ ip })]);
    return db.value<number>("select app.submit_lead($1, $2, 'id', $3, $4)", [lead, key, received, mailed]);
  });

/** The newest lead's number. */
export const newest = (db: TestDb) => db.value<string>("select ref from app.leads order by id desc limit 1");
