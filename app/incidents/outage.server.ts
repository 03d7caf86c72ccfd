import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import type { Told } from "./outage.ts";

/** What the watcher told: that it is there, or an outage, once for each id. */
export const noteTold = (db: Db, said: Told) =>
  "alive" in said
    ? db.one(sql`select app.note_watcher()`)
    : db.one(sql`select app.note_outage(${said.id}::uuid, 'WATCHER', ${said.what}, ${said.beganAgo}, ${said.endedAgo},
        ${said.told})`);

/** A service outside sees the site down, or up. */
export const noteUptime = (db: Db, down: boolean) => db.one(sql`select app.note_uptime(${down})`);
