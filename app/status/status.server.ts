import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import type { IncidentState } from "#app/incidents/incident.ts";
import type { Lang } from "#app/words.ts";
import type { Maintenance, Mode } from "./maintenance.ts";
import type { MaintenanceForm, UpdateForm } from "./forms.ts";
import type { Service, ServiceState, Status } from "./status.ts";

/** What holds now. Asked by a guest. */
export const findMaintenance = async (db: Db): Promise<Maintenance> =>
  (await db.one<{ maintenance: Maintenance }>(sql`select app.read_maintenance() as maintenance`)).maintenance;

/** All that the status page says. Asked by a guest. */
export const findStatus = async (db: Db): Promise<Status> =>
  (await db.one<{ status: Status }>(sql`select app.read_status() as status`)).status;

export type PlannedMaintenance = {
  id: number;
  mode: Exclude<Mode, "OFF">;
  from: Date;
  until: Date;
  textId: string;
  textEn: string;
  reason: string;
  state: "PLANNED" | "RUNNING" | "ENDED" | "CANCELLED";
  version: number;
  setBy: string;
  setAt: Date;
};

/** The newest first; the one that is open is among them. */
export const listMaintenance = (db: Db) =>
  db.many<PlannedMaintenance>(sql`
    select id, mode, starts_at as "from", ends_at as until, text_id as "textId", text_en as "textEn", reason, state,
           version, set_by as "setBy", set_at as "setAt"
      from app.maintenance order by id desc limit 10`);

export type TellableIncident = { ref: string; cause: string; severity: number; state: IncidentState; openedAt: Date };

/** Incidents that stores can be told of: those that go on, and what ended within a week. */
export const listTellable = (db: Db) =>
  db.many<TellableIncident>(sql`
    select ref, cause, severity, state, opened_at as "openedAt"
      from app.incidents where state not in ('RESOLVED', 'CLOSED') or resolved_at > now() - interval '7 days'
     order by state in ('RESOLVED', 'CLOSED'), severity, id desc limit 50`);

export type WrittenUpdate = {
  id: number;
  ref: string;
  at: Date;
  service: Service;
  state: ServiceState;
  textId: string;
  textEn: string;
  by: string;
};

/** What stores were told, newest first. */
export const listUpdates = (db: Db) =>
  db.many<WrittenUpdate>(sql`
    select u.id, i.ref, u.at, u.service, u.state, u.text_id as "textId", u.text_en as "textEn", u.written_by as by
      from app.public_updates u join app.incidents i on i.id = u.incident_id order by u.id desc limit 25`);

/** Plans a maintenance, or changes the one that is open. Errors: see app.set_maintenance. */
export const setMaintenance = (db: Db, { id, version, mode, from, until, textId, textEn, reason }: MaintenanceForm) =>
  db.one(
    sql`select app.set_maintenance(${id}, ${version}, ${mode}, ${from}, ${until}, ${textId}, ${textEn}, ${reason})`,
  );

/** Ends the one that runs, cancels the one that is planned. Errors: see app.end_maintenance. */
export const endMaintenance = (db: Db, id: number, version: number, reason: string) =>
  db.one(sql`select app.end_maintenance(${id}, ${version}, ${reason})`);

/** Tells stores about an incident. Errors: see app.write_public_update. */
export const writeUpdate = (db: Db, { ref, service, state, textId, textEn }: UpdateForm) =>
  db.one(sql`select app.write_public_update(${ref}, ${service}, ${state}, ${textId}, ${textEn})`);

/** Asks to be told by mail. Seconds to wait; 0 is taken, whoever it is. */
export const subscribe = async (db: Db, email: string, lang: Lang, address: string): Promise<number> =>
  (await db.one<{ wait: number }>(sql`select app.subscribe_status(${email}, ${lang}, ${address}) as wait`)).wait;

export type LinkState = "WAITING" | "CONFIRMED" | "GONE" | "FORGED";

/** Of whom a link in a mail speaks; changes nothing. */
export const readStatusLink = async (db: Db, what: "confirm" | "leave", token: string): Promise<LinkState> =>
  (await db.one<{ state: LinkState }>(sql`select app.read_status_link(${what}, ${token}) as state`)).state;

export const confirmStatus = async (db: Db, token: string): Promise<LinkState> =>
  (await db.one<{ state: LinkState }>(sql`select app.confirm_status(${token}) as state`)).state;

export const leaveStatus = async (db: Db, token: string): Promise<LinkState> =>
  (await db.one<{ state: LinkState }>(sql`select app.leave_status(${token}) as state`)).state;
