import { randomUUID } from "node:crypto";
import pg from "pg";
import type { ThrowAwayDatabase } from "#supabase/local/throw-away-database.ts";
import { budi } from "#supabase/seed/people.ts";
import { seedTest } from "#supabase/seed/test.ts";
import { reasonOf } from "#tests/support/rolled-back.ts";
import { openDatabase } from "../small-data.ts";
import { toBeEnded } from "./ends.ts";
import { type Line, milliseconds } from "../table.ts";

const price = 250_000;
const lock = "perform from app.partner_credit where partner_id = v_partner for update;";
/** Beside place_order, in the bench's own database: the same without the lock on the store's credit. */
const unlocked = "place_order_without_lock";

type Buyer = { client: pg.Client; user: string; session: string };
type Race = { green: number; greenTotal: number; amber: number; refused: string[]; headroom: number; ms: number };

/**
 * Degraded mode, one store, its owner and salesmen at as many connections: never more GREEN than its credit allows.
 * `fitting`: so many orders fit; a bit is left over that none fits into.
 */
export async function measureCredit({ checkouts = 200, crowd = 50, fitting = 60 } = {}): Promise<Line[]> {
  const { thing: database, end } = await toBeEnded(openDatabase("seeded"), (made) => made.remove());
  const buyers: Buyer[] = [];
  const owner = await connect(database.adminUrl);
  try {
    await prepare(database, owner);
    for (let n = 0; n < crowd; n += 1)
      buyers.push({ client: await connect(database.adminUrl), ...(await buyer(owner, n)) });
    for (const [n, one] of buyers.entries())
      if (n > 0) await act(one, "select app.begin_acting($1, 'kunjungan toko')", [budi.code]);
    const ours = await race(owner, buyers, "place_order", { checkouts, fitting });
    const control = await race(owner, buyers, unlocked, { checkouts, fitting });
    const rupiah = (n: number) => `Rp ${Math.round(n / 1_000)}k`;
    return [
      {
        what: `${checkouts} checkouts of one store at ${crowd} connections, breaker open: sum of GREEN orders`,
        figure: `${rupiah(ours.greenTotal)}, ${ours.green} orders (in ${milliseconds(ours.ms)})`,
        limit: `<= ${rupiah(ours.headroom)}, what its credit allows`,
        floor: `${rupiah(Math.floor(ours.headroom / price) * price)}: ${Math.floor(ours.headroom / price)} orders fit`,
        meets: ours.greenTotal <= ours.headroom && ours.green > 0,
      },
      {
        what: "... everything beyond",
        figure:
          `${ours.amber} AMBER, ${ours.refused.length} ` +
          `refused${ours.refused.length > 0 ? ` (${[...new Set(ours.refused)].join(", ")})` : ""}`,
        limit: `${checkouts - ours.green} AMBER, 0 refused`,
        floor: "",
        meets: ours.amber === checkouts - ours.green && ours.refused.length === 0,
      },
      {
        what: "... control: the same command without the lock on the store's credit",
        figure: `${rupiah(control.greenTotal)}, ${control.green} orders, ${control.amber} AMBER`,
        limit: `> ${rupiah(control.headroom)}: the race is one`,
        floor: "",
        meets: control.greenTotal > control.headroom,
      },
    ];
  } finally {
    await Promise.all([owner, ...buyers.map(({ client }) => client)].map((client) => client.end()));
    await end();
  }
}

async function prepare({ adminUrl }: ThrowAwayDatabase, owner: pg.Client) {
  await seedTest(adminUrl);
  await owner.query("update app.feeds set as_of = now(), snapshot_id = coalesce(snapshot_id, 1)");
  await owner.query("update app.product_stock set quantity = 1000000, buffer = 0, held = 0");
  await owner.query("update app.prices set price = $1, volume_minimum = null, volume_price = null", [price]);
  await owner.query("select private.turn_circuit('OPEN', 'bench')");
  const {
    rows: [source],
  } = await owner.query<{ text: string }>("select pg_get_functiondef('private.place_order'::regproc) as text");
  if (!source!.text.includes(lock))
    throw new Error("private.place_order no longer locks the store's credit in the way that is left out here.");
  await owner.query(source!.text.replace(lock, "").replace("private.place_order(", `app.${unlocked}(`));
  await owner.query(`grant execute on function app.${unlocked} to authenticated`);
}

/** The owner, or one more salesman who looks after the store. */
async function buyer(owner: pg.Client, n: number): Promise<{ user: string; session: string }> {
  const [user, session] = [n === 0 ? budi.accountId : randomUUID(), randomUUID()];
  if (n > 0) {
    await owner.query(
      `
        insert into auth.users (id, aud, role, email, is_sso_user, is_anonymous, created_at, updated_at)
          values ($1, 'authenticated', 'authenticated', $2, false, false, now(), now())`,
      [user, `sales-${n}@demo.test`],
    );
    await owner.query("insert into app.accounts (id, code, role, name) values ($1, $2, 'SALESMAN', $2)", [
      user,
      `SLS-${900 + n}`,
    ]);
    await owner.query("insert into app.assignments (salesman_id, partner_id) values ($1, $2)", [user, budi.id]);
  }
  await owner.query("insert into auth.sessions (id, user_id, created_at, updated_at) values ($1, $2, now(), now())", [
    session,
    user,
  ]);
  return { user, session };
}

/** Waves of one checkout each, all carts filled before: within a wave everybody presses at once. */
async function race(
  owner: pg.Client,
  buyers: Buyer[],
  command: string,
  { checkouts, fitting }: { checkouts: number; fitting: number },
): Promise<Race> {
  await owner.query("update app.feeds set as_of = now()");
  const before = await one<string>(owner, "select coalesce(max(id), 0)::text from app.orders");
  const headroom = await setHeadroom(owner, fitting);
  const { rows: articles } = await owner.query<{ sku: string }>(
    "select sku from app.products where active order by id limit $1",
    [buyers.length],
  );
  const refused: string[] = [];
  let ms = 0;
  for (let left = checkouts; left > 0; left -= buyers.length) {
    const wave = buyers.slice(0, left);
    // An article each, so that no shelf makes them wait for one another.
    await Promise.all(wave.map((buyer, n) => act(buyer, "select app.put_in_cart($1, 1, 'set')", [articles[n]!.sku])));
    const started = performance.now();
    refused.push(
      ...(
        await Promise.all(wave.map((buyer) => act(buyer, `select app.${command}(gen_random_uuid(), null, '', false)`)))
      ).filter((answer) => answer !== "done"),
    );
    ms += performance.now() - started;
  }
  const {
    rows: [sums],
  } = await owner.query<{ green: number; total: string; amber: number }>(
    `
    select count(*) filter (where credit_light = 'GREEN')::int as green,
      coalesce(sum(total) filter (where credit_light = 'GREEN'), 0)::text as total,
           count(*) filter (where credit_light = 'AMBER')::int as amber from app.orders where id > $1 and degraded`,
    [before],
  );
  return { green: sums!.green, greenTotal: Number(sums!.total), amber: sums!.amber, refused, headroom, ms };
}

/** A limit that leaves so many orders and a half. */
async function setHeadroom(owner: pg.Client, fitting: number): Promise<number> {
  const headroom = () => one<string>(owner, "select private.credit_decision($1, 0) ->> 'room'", [budi.id]).then(Number);
  await owner.query("begin");
  await owner.query("select private.audit('LIMIT_CHANGED', 'partner', $1)", [budi.code]);
  await owner.query("update app.partners set credit_limit = credit_limit - $2 + $3 where id = $1", [
    budi.id,
    await headroom(),
    Math.round((fitting + 0.5) * price),
  ]);
  await owner.query("commit");
  return headroom();
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => undefined); // An interrupted bench takes its database away.
  await client.connect();
  return client;
}

const one = async <T>(client: pg.Client, text: string, values: unknown[] = []) =>
  Object.values((await client.query<Record<string, T>>(text, values)).rows[0]!)[0] as T;

/** One transaction of a person; the reason where it was refused. */
async function act({ client, user, session }: Buyer, text: string, values: unknown[] = []): Promise<string> {
  await client.query("begin");
  try {
    await client.query(
      `
        select set_config('request.jwt.claim.sub', $1, true), set_config('request.jwt.claim.session_id', $2, true),
          set_config('role', 'authenticated', true)`,
      [user, session],
    );
    await client.query(text, values);
    await client.query("commit");
    return "done";
  } catch (error) {
    await client.query("rollback");
    return reasonOf(error);
  }
}
