import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import type { Duty, PersonWords } from "./duty.ts";
import type { Post } from "./incident.ts";

export type Person = {
  id: number;
  name: string;
  email: string;
  phone: string | null;
  language: "id" | "en";
  active: boolean;
};
/** `now`: he has the post today, and is told. */
export type RotaLine = {
  id: number;
  post: Post;
  person: number;
  name: string;
  phone: string | null;
  from: string;
  to: string | null;
  now: boolean;
};
export type EscalationStep = {
  severity: number;
  respond: number;
  anyHour: boolean;
  slack: string;
  step: number;
  after: number;
  channel: "MAIL" | "SMS";
  posts: Post[];
};

/** Everybody on the list, those who are told first. */
export const listPeople = (db: Db) =>
  db.many<Person>(sql`
    select id, name, email, phone, language, active from app.responders order by active desc, name, id ${limit(200)}`);

export const findPerson = (db: Db, id: number) =>
  db.one<Person>(sql`select id, name, email, phone, language, active from app.responders where id = ${id}::bigint`);

/** What of the rota is not over, by post and day. */
export const listRota = (db: Db) =>
  db.many<RotaLine>(sql`
    select o.id, o.post, r.id as person, r.name, r.phone, o.from_day::text as "from", o.to_day::text as "to",
           r.active and today.day between o.from_day and coalesce(o.to_day, today.day) as now
      from app.rota o join app.responders r on r.id = o.responder_id join app.posts p on p.post = o.post,
           (select (now() at time zone 'Asia/Jakarta')::date as day) today
     where o.ended_at is null and coalesce(o.to_day, today.day) >= today.day
     order by p.rank, o.from_day, o.id ${limit(200)}`);

/** The posts of the escalation matrix, by rank. */
export const listPosts = (db: Db) => db.many<{ post: Post }>(sql`select post from app.posts order by rank`);

/** Who is told after how many minutes, level by level. */
export const listEscalation = (db: Db) =>
  db.many<EscalationStep>(sql`
    select l.severity, (extract(epoch from l.respond_within) / 60)::int as respond, l.at_any_hour as "anyHour",
           l.slack_channel as slack, s.step, (extract(epoch from s.after) / 60)::int as after, s.channel, s.posts
      from app.escalation_steps s join app.incident_levels l on l.severity = s.severity order by s.severity, s.step`);

/** By what the worker can send now. */
export const listChannels = (db: Db) =>
  db.many<{ channel: "SLACK" | "MAIL" | "SMS" }>(sql`select channel from app.notification_channels()`);

/** Writes down who is told: his number. Errors: NotFound, DENIED for all but admins, NAME, EMAIL, PHONE, TAKEN. */
export const savePerson = (db: Db, { id, name, email, phone, language, active }: PersonWords) =>
  db.one(sql`
    select app.save_responder(${id ?? null}::bigint, ${name}, ${email}, ${phone ?? null}, ${language},
      ${active === "yes"})`);

/** Gives a post for some days. Errors: NotFound, DENIED for all but admins, POST, DAYS. */
export const putOnDuty = (db: Db, { responder, post, from, to }: Duty) =>
  db.one(sql`select app.put_on_duty(${responder}::bigint, ${post}, ${from}::date, ${to ?? null}::date)`);

/** Takes a line off the rota; twice is once. Errors: NotFound, DENIED for all but admins. */
export const endDuty = (db: Db, rota: number) => db.one(sql`select app.end_duty(${rota}::bigint)`);
