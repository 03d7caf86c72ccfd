import type pg from "pg";
import { digestOf, genesis, hashAfter } from "#jobs/audit/chain.ts";
import type { Signer } from "#jobs/audit/keys.ts";
import { newSigner, type Trail } from "./trail.ts";

type Hand = { sql: pg.Client; random: () => number; trail: Trail };
/** A way to tamper; says what it did, for a change that is missed. */
export type Kind = { name: string; tamper: (hand: Hand) => Promise<string> };

const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
const tables = {
  event: "app.audit_events",
  link: "audit.links",
  seal: "audit.seals",
  signature: "audit.signatures",
} as const;
const keyOf = { event: "id", link: "seq", seal: "batch", signature: "batch" } as const;
type Name = keyof typeof tables;

/** The key of a random row, by age; `not`: another one than that. */
async function some({ sql, random }: Hand, name: Name, not?: string): Promise<string> {
  const { rows } = await sql.query<{ key: string }>(
    `select ${keyOf[name]}::text as key from ${tables[name]} order by ${keyOf[name]}`,
  );
  return pick(
    random,
    rows.filter(({ key }) => key !== not),
  ).key;
}

/** A value that the column does not have, in SQL over its old one. */
const other = (random: () => number): Record<string, string> => ({
  int8: `%s + ${1 + Math.floor(random() * 3)}`,
  bytea: flip(random),
  timestamptz: `%s + interval '${1 + Math.floor(random() * 1e6)} microseconds'`,
  xid8: `(%s::text::bigint + 1)::text::xid8`,
  uuid: "gen_random_uuid()",
  text: `coalesce(%s, '') || '${pick(random, ["x", " ", "'' or 1", "é"])}'`,
  bool: "not %s",
  jsonb: `coalesce(%s, '{}') || '{"${pick(random, ["total", "reason", "x"])}": ${Math.floor(random() * 1e9)}}'`,
});

const change = (name: Name): Kind => ({
  name: `change a column of a ${name}`,
  async tamper(hand) {
    const { sql, random } = hand;
    const { rows } = await sql.query<{ column: string; type: string }>(
      `
      select a.attname as column, t.typname as type from pg_attribute a join pg_type t on t.oid = a.atttypid
       where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`,
      [tables[name]],
    );
    const { column, type } = pick(random, rows);
    const key = await some(hand, name);
    // A key of its own cannot be another row's: then it leaps over all of them.
    const value =
      column === keyOf[name] || column === "last_seq" || column === "event_id" ? "%s + 100000" : other(random)[type]!;
    const set = value.replaceAll("%s", column);
    if (column === "id") await sql.query("alter table app.audit_events alter column id drop identity");
    const { rowCount } = await sql.query(`update ${tables[name]} set ${column} = ${set} where ${keyOf[name]} = ${key}`);
    if (rowCount !== 1) throw new Error(`${rowCount} rows of ${name} ${key}`);
    return `${name} ${key}: ${column} = ${set}`;
  },
});

/** One bit of a byte. */
function flip(random: () => number): string {
  const byte = Math.floor(random() * 32);
  return `set_byte(%s, ${byte}, get_byte(%s, ${byte}) # ${1 << Math.floor(random() * 8)})`;
}

const remove = (name: Name): Kind => ({
  name: `delete a ${name}`,
  async tamper(hand) {
    const key = await some(hand, name);
    await hand.sql.query(`delete from ${tables[name]} where ${keyOf[name]} = ${key}`);
    return `${name} ${key}`;
  },
});

const removeBoth: Kind = {
  name: "delete an event with its link",
  async tamper(hand) {
    const seq = await some(hand, "link");
    await hand.sql.query(
      `
        with l as (delete from audit.links where seq = ${seq} returning event_id) delete from app.audit_events
          where id = (select event_id from l)`,
    );
    return `link ${seq}`;
  },
};

const swapEvents: Kind = {
  name: "swap two events",
  async tamper(hand) {
    const { sql } = hand;
    const a = await some(hand, "event");
    const b = await some(hand, "event", a);
    await sql.query("alter table app.audit_events alter column id drop identity");
    // Number and time stay, so that every key still fits; what was done changes places.
    const columns =
      "actor_id, actor_code, partner_id, target_code, acting_session_id, action, entity, entity_key, before, after, " +
      "detail, ip, user_agent, request_id";
    await sql.query(
      `
        update app.audit_events e set (${columns}) = (select ${columns} from app.audit_events o where o.id = case e.id
          when ${a} then ${b} else ${a} end) where e.id in (${a}, ${b})`,
    );
    return `events ${a} and ${b}`;
  },
};

const swapPlaces = (name: "link" | "seal", columns: string): Kind => ({
  name: `swap two ${name}s`,
  async tamper(hand) {
    const a = await some(hand, name);
    const b = await some(hand, name, a);
    await hand.sql.query("alter table audit.links drop constraint links_event_id_key");
    await hand.sql.query("alter table audit.seals drop constraint seals_last_seq_key");
    await hand.sql.query(
      `
        update ${tables[name]} l set (${columns}) = (select ${columns} from ${tables[name]} o
          where o.${keyOf[name]} = case l.${keyOf[name]} when ${a} then ${b} else ${a} end)
          where l.${keyOf[name]} in (${a}, ${b})`,
    );
    return `${name}s ${a} and ${b}`;
  },
});

const copyOf =
  "actor_id, actor_code, partner_id, target_code, acting_session_id, action, entity, entity_key, before, after, " +
  "detail, ip, user_agent, request_id";
/** A row that nobody did, as if it had been done beside a real one. Returns its number and time. */
async function forge(hand: Hand): Promise<{ id: string; at: string; line: string }> {
  const model = await some(hand, "event");
  const { rows } = await hand.sql.query<{ id: string; at: string; line: string }>(`
    insert into app.audit_events as e (at, ${copyOf}) select at + interval '1 microsecond', ${copyOf}
      from app.audit_events where id = ${model}
    returning id::text, at::text, private.audit_line(e) as line`);
  return rows[0]!;
}

const insertStray: Kind = {
  name: "insert an event without a link",
  tamper: async (hand) => `event ${(await forge(hand)).id}`,
};

const insertLinked: Kind = {
  name: "insert an event with a forged link at the end",
  async tamper(hand) {
    const { id, at, line } = await forge(hand);
    await append(hand, id, at, line);
    return `event ${id}`;
  },
};

async function append({ sql }: Hand, id: string, at: string, line: string) {
  const digest = digestOf(line);
  const {
    rows: [last],
  } = await sql.query<{ seq: string; hash: string }>(
    "select seq::text, encode(hash, 'hex') as hash from audit.links order by audit.links.seq desc limit 1",
  );
  const seq = Number(last!.seq) + 1;
  const hash = hashAfter(last!.hash, digest);
  await sql.query("insert into audit.links values ($1, $2, $3, decode($4, 'hex'), decode($5, 'hex'))", [
    seq,
    id,
    at,
    digest,
    hash,
  ]);
  return { seq, hash };
}

/** A batch of one forged link at the end. */
async function sealLast({ sql }: Hand, seq: number, hash: string): Promise<number> {
  const {
    rows: [seal],
  } = await sql.query<{ batch: string }>(
    `
    insert into audit.seals (batch, first_seq, last_seq, previous, head, drained)
    select batch + 1, $1::bigint, $1::bigint, head, decode($2, 'hex'), true from audit.seals
      order by audit.seals.batch desc limit 1 returning batch::text`,
    [seq, hash],
  );
  return Number(seal!.batch);
}

const signed = ({ sql }: Hand, batch: number, seq: number, head: string, by: Signer, keyId = by.keyId) =>
  sql.query("insert into audit.signatures values ($1, $2, decode($3, 'hex'))", [
    batch,
    keyId,
    by.sign({ batch, firstSeq: seq, lastSeq: seq, head }),
  ]);

const insertSealed: Kind = {
  name: "insert an event with forged link, seal, signature",
  async tamper(hand) {
    const { id, at, line } = await forge(hand);
    const { seq, hash } = await append(hand, id, at, line);
    const theirs = newSigner();
    await signed(
      hand,
      await sealLast(hand, seq, hash),
      seq,
      hash,
      theirs,
      pick(hand.random, [theirs.keyId, hand.trail.signer.keyId]),
    );
    return `event ${id}`;
  },
};

const insertRetired: Kind = {
  name: "the same, signed with a key that was replaced",
  async tamper(hand) {
    const { id, at, line } = await forge(hand);
    const { seq, hash } = await append(hand, id, at, line);
    await signed(hand, await sealLast(hand, seq, hash), seq, hash, hand.trail.retired);
    return `event ${id}`;
  },
};

const insertBeforeFirst: Kind = {
  name: "insert an event with a number before the first",
  async tamper(hand) {
    const { sql, random } = hand;
    const id = pick(random, ["0", "-1", String(-Math.floor(random() * 1e12)), "-9223372036854775808"]);
    const {
      rows: [row],
    } = await sql.query<{ at: string }>(`
      insert into app.audit_events (id, at, ${copyOf}) overriding system value select ${id}, at, ${copyOf}
        from app.audit_events where id = ${await some(hand, "event")} returning at::text`);
    if (random() < 0.5) return `event ${id}`;
    await sql.query("insert into audit.links values (0, $1, $2, sha256(''), sha256(''))", [id, row!.at]);
    return `event ${id} with a link at place 0`;
  },
};

// The sealer and the worker's key, both honest, and a database that says meanwhile that its queue was never empty.
const backdate: Kind = {
  name: "insert an event into the past while `drained` is unset",
  async tamper(hand) {
    const { sql, random } = hand;
    const days = 1 + Math.floor(random() * 300);
    await sql.query("create temporary table drained on commit drop as select batch from audit.seals where drained");
    await sql.query("update audit.seals set drained = false");
    await sql.query(
      `
        with e as (insert into app.audit_events (at, action)
          values (clock_timestamp() - interval '${days} days', 'ORDER_MOVED') returning id, at) insert
          into audit.unsealed (event_id, at) select id, at from e`,
    );
    const {
      rows: [answer],
    } = await sql.query<{ seal: { batch: number; firstSeq: number; head: string } }>(
      "select jobs.seal_audit(10) as seal",
    );
    await sql.query("update audit.seals set drained = true where batch in (select batch from drained)");
    const { batch, firstSeq, head } = answer!.seal;
    await signed(hand, batch, firstSeq, head, hand.trail.signer);
    return `${days} days back, batch ${batch}`;
  },
};

const standStill: Kind = {
  name: "keep an event from its seal",
  async tamper(hand) {
    await hand.sql.query(
      `
        with e as (insert into app.audit_events (action) values ('ORDER_MOVED') returning id, at) insert
          into audit.unsealed (event_id, at, queued_at) select id, at, at - interval '11 minutes' from e`,
    );
    return "for 11 minutes";
  },
};

const otherNull: Kind = {
  name: "a JSON null where there was nothing",
  async tamper({ sql, random }) {
    const column = pick(random, ["before", "after"]);
    const {
      rows: [row],
    } = await sql.query<{ id: string }>(
      `
        update app.audit_events set ${column} = 'null' where id = (select id from app.audit_events
          where ${column} is null order by id offset ${Math.floor(random() * 50)} limit 1) returning id`,
    );
    return `event ${row!.id}: ${column}`;
  },
};

const insertBetween: Kind = {
  name: "insert an event with a link in the middle",
  async tamper(hand) {
    const { sql } = hand;
    const { id, at, line } = await forge(hand);
    const place = Number(await some(hand, "link"));
    await sql.query(`update audit.links set seq = seq + 1000000 where seq >= ${place}`);
    await sql.query(`update audit.links set seq = seq - 999999 where seq > 1000000`);
    await sql.query("insert into audit.links values ($1, $2, $3, decode($4, 'hex'), decode($4, 'hex'))", [
      place,
      id,
      at,
      digestOf(line),
    ]);
    await rehash(hand);
    return `event ${id} at ${place}`;
  },
};

const cutTail = (name: string, tables: Name[]): Kind => ({
  name: `cut the tail: ${name}`,
  async tamper({ sql, random }) {
    const {
      rows: [end],
    } = await sql.query<{ batches: number }>("select count(*)::int as batches from audit.seals");
    const keep = Math.floor(random() * end!.batches);
    const from = `coalesce((select last_seq from audit.seals where batch = ${keep}), 0)`;
    if (tables.includes("event"))
      await sql.query(
        `delete from app.audit_events where id in (select event_id from audit.links where seq > ${from})`,
      );
    if (tables.includes("link")) await sql.query(`delete from audit.links where seq > ${from}`);
    if (tables.includes("signature")) await sql.query(`delete from audit.signatures where batch > ${keep}`);
    if (tables.includes("seal")) await sql.query(`delete from audit.seals where batch > ${keep}`);
    return `after batch ${keep}`;
  },
});

/** Makes digests, hashes and seals fit what the rows say now, as anybody can who owns the database. */
async function rehash({ sql }: Hand) {
  const { rows: links } = await sql.query<{ seq: string; line: string }>(
    "select seq::text, line from jobs.read_audit_chain(0, 1000000)",
  );
  let hash = genesis;
  const made = links.map(({ seq, line }) => {
    const digest = digestOf(line);
    hash = hashAfter(hash, digest);
    return { seq, digest, hash };
  });
  await sql.query(
    `
      update audit.links l set digest = decode(m.digest, 'hex'), hash = decode(m.hash, 'hex')
        from jsonb_to_recordset($1) m (seq bigint, digest text, hash text) where m.seq = l.seq`,
    [JSON.stringify(made)],
  );
  await sql.query(`
    update audit.seals s set head = (select l.hash from audit.links l where l.seq = s.last_seq),
      previous = coalesce((select l.hash from audit.links l where l.seq = s.first_seq - 1),
        decode('${genesis}', 'hex'))`);
}

const rehashed = (name: string, signatures: (hand: Hand) => Promise<unknown>): Kind => ({
  name: `re-hash the chain: ${name}`,
  async tamper(hand) {
    const key = await some(hand, "event");
    await hand.sql.query(
      `
        update app.audit_events set detail = detail || '{"total": ${Math.floor(hand.random() * 1e9)}}'
          where id = ${key}`,
    );
    await rehash(hand);
    await signatures(hand);
    return `event ${key}`;
  },
});

async function signAll({ sql, random, trail }: Hand) {
  const theirs = newSigner();
  const { rows } = await sql.query<{ batch: string; first: string; last: string; head: string }>(
    "select batch, first_seq as first, last_seq as last, encode(head, 'hex') as head from audit.seals",
  );
  const keyId = pick(random, [theirs.keyId, trail.signer.keyId]);
  for (const { batch, first, last, head } of rows) {
    const signature = theirs.sign({ batch: Number(batch), firstSeq: Number(first), lastSeq: Number(last), head });
    await sql.query("update audit.signatures set signature = decode($2, 'hex'), key_id = $3 where batch = $1", [
      batch,
      signature,
      keyId,
    ]);
  }
}

export const kinds: Kind[] = [
  change("event"),
  change("event"),
  change("event"),
  change("link"),
  change("seal"),
  change("signature"),
  remove("event"),
  remove("link"),
  remove("seal"),
  remove("signature"),
  removeBoth,
  swapEvents,
  swapPlaces("link", "event_id, event_at, digest, hash"),
  swapPlaces("seal", "first_seq, last_seq, previous, head, sealed_at"),
  insertStray,
  insertLinked,
  insertSealed,
  insertRetired,
  insertBetween,
  insertBeforeFirst,
  backdate,
  standStill,
  otherNull,
  cutTail("everything", ["event", "link", "seal", "signature"]),
  cutTail("events", ["event"]),
  cutTail("events and links", ["event", "link"]),
  rehashed("old signatures", () => Promise.resolve()),
  rehashed("signed with another key", signAll),
  rehashed("no signatures", ({ sql }) => sql.query("delete from audit.signatures")),
];
