import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import type { z } from "zod";
import type { Detector, thresholdForm } from "./detector.ts";

/** All rules: those that are set off first, then in their order. */
export const listDetectors = (db: Db) =>
  db.many<Detector>(sql`
    select d.name, d.severity, d.cause, d.playbook, d.seen_by = 'WORKER' as ours, d.unit,
           d.threshold::float8 as threshold, s.value::float8 as value,
           s.sight, coalesce(s.looked_at > now() - interval '1 minute', false) as fresh,
           s.measured_at as "measuredAt", s.broken_since as "brokenSince", s.set_off_at as "setOffAt", s.times,
           (select i.ref from app.incidents i where i.dedup_key = d.key and i.state <> 'CLOSED') as incident
      from app.detectors d join app.detector_states s on s.detector = d.name
     order by s.broken_since is null, d.position`);

/** Errors: DENIED for all but admins, DETECTOR, DETECTOR_FIXED, THRESHOLD, REASON_REQUIRED. */
export const setThreshold = (db: Db, { detector, value, reason }: z.output<typeof thresholdForm>) =>
  db.one(sql`select app.set_threshold(${detector}, ${value}::numeric, ${reason})`);
