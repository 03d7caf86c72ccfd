import { sari } from "#supabase/seed/people.ts";
import { row, rows } from "./system.ts";

/** An incident of a salesman, or the one that is open under this key. */
export async function openIncident(severity: number, key: string, cause = "ABUSE_SCORE") {
  const { id } = await row<{ id: number }>(
    "select private.open_incident($1, $2, $3, $4, '{\"score\": 65}')::int as id",
    [severity, cause, key, sari.code],
  );
  return { id, ...(await row<{ ref: string }>("select ref from app.incidents where id = $1", [id])) };
}

/** A drill under way, of which people have a page. */
export const openDrill = () =>
  rows(
    `with begun as (insert into app.playbook_runs (playbook, started_by) values ('erp-heartattack', 'ADM-001')
       on conflict do nothing returning id)
     select private.audit('PLAYBOOK_STARTED', 'playbook_run', id::text) from begun`,
  );

/** A lead, and a request to be forgotten that is still open. */
export async function openLead() {
  const lead = {
    business_name: "Salon Huruf",
    contact_name: "Ibu Rahayu",
    phone_whatsapp: "6281288880001",
    city: "Bandung",
    salon_type: "SALON",
  };
  await row("select app.submit_lead($1, 'e2e/open-lead', 'id', now(), true)", [lead]);
  await row(
    `insert into app.privacy_requests (ref, kind, address, asked_by, asked_at, due_at, recorded_by)
       values (private.numbered('PRV', nextval('app.privacy_numbers')), 'PHONE', '6281288880001', 'WHATSAPP', now(),
               now() + interval '72 hours', 'ADM-001')
     on conflict (address) where done_at is null do update set asked_by = 'WHATSAPP' returning ref`,
  );
}

/** Somebody asks about his data, and data leaked in an incident. */
export async function openPrivacy() {
  await row(
    `select private.add_privacy_case('0f0e0d0c-0b0a-4908-8706-050403020100', 'CORRECTION', 'FORM', 'Ibu Rahayu',
       '6281288880001', 'Nama kota saya salah', 'id', now(), 'WEB')`,
  );
  await rows(
    `insert into app.breaches (incident_id, known_at, due_at, data, happened, measures, marked_by, changed_by)
       select id, now(), now() + interval '72 hours', 'Nama dan nomor', 'Tadi malam', 'Ditutup', 'ADM-001', 'ADM-001'
         from app.incidents where dedup_key = 'uji/huruf' and state <> 'CLOSED' on conflict do nothing`,
  );
}
