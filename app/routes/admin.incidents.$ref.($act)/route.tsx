import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { NotFound } from "#app/db/errors.server.ts";
import type { Db } from "#app/db/transaction.server.ts";
import { together } from "#app/db/together.server.ts";
import { safePath } from "#app/http/address.ts";
import { page } from "#app/http/page.server.ts";
import { nowhere, submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { findCircuit } from "#app/erp/state.server.ts";
import { findIncident, listIncidentEvents, shownEvents } from "#app/incidents/incident.server.ts";
import { listKnownErrorsOf } from "#app/incidents/known-error.server.ts";
import {
  acknowledgeIncident,
  findReview,
  listAdmins,
  listLinks,
  listMoves,
  listRoles,
  listTimers,
  listTold,
  moveIncident,
  saveBeside,
  saveFilled,
} from "#app/incidents/life.server.ts";
import {
  classifyForm,
  incidentForm,
  isOfErp,
  leaveForm,
  type Move,
  moveForm,
  playbookForm,
} from "#app/incidents/life.ts";
import { listTasksOfIncident } from "#app/incidents/task.server.ts";
import { listPlaybooksOf } from "#app/playbooks/playbook.server.ts";
import { runPlace } from "#app/playbooks/playbook.ts";
import { startPlaybook } from "#app/playbooks/run.server.ts";
import { title } from "#app/ui/title.ts";
import { IncidentPage } from "./incident-page.tsx";
import { orRefused } from "./refused.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ incident: { ref: string } }>((t, data) => data?.incident.ref ?? t.incidents.title);

/** An incident; below it /acknowledge, /classify …, to which its one form is sent. */
export async function loader(args: LoaderFunctionArgs) {
  const { ref = "", act } = args.params;
  const { viewer, data } = await page(args, "staff", (db) =>
    act && !Object.hasOwn(acts, act) ? Promise.reject(new NotFound()) : readAll(db, ref),
  );
  const role = viewer.account?.role;
  const { circuit, moves, ...shown } = data;
  return {
    ...shown,
    moves: moves.map((move) => move.act),
    circuit: isOfErp(data.incident.cause) ? circuit : null,
    cut: data.events.length === shownEvents,
    mayWrite: role === "ADMIN",
    mayAudit: role === "AUDITOR",
    readAt: new Date(),
  };
}

const readAll = (db: Db, ref: string) =>
  together({
    incident: findIncident(db, ref),
    moves: listMoves(db, ref),
    events: listIncidentEvents(db, ref),
    tasks: listTasksOfIncident(db, ref),
    timers: listTimers(db, ref),
    told: listTold(db, ref),
    roles: listRoles(db, ref),
    links: listLinks(db, ref),
    admins: listAdmins(db),
    known: listKnownErrorsOf(db, ref),
    review: findReview(db, ref),
    circuit: findCircuit(db),
    playbooks: listPlaybooksOf(db, ref),
  });

export async function action(args: ActionFunctionArgs) {
  const { ref = "", act = "" } = args.params;
  return Object.hasOwn(acts, act) ? acts[act as keyof typeof acts](args, ref) : nowhere(args, "admin");
}

// A step of its life, with its word.
const step = (move: Exclude<Move, "CLASSIFY">) => (args: ActionFunctionArgs, ref: string) =>
  submit(args, "admin", moveForm, (filled, visit) =>
    orRefused(visit.lang, filled, async () => {
      await visit.write(async (db) => {
        await saveBeside(db, ref, filled);
        await moveIncident(db, ref, move, filled.note);
      });
      return redirectWithToast(`/admin/incidents/${ref}`, messages(visit.lang).incidents.moved[move](ref));
    }),
  );

const classify = (args: ActionFunctionArgs, ref: string) =>
  submit(args, "admin", classifyForm, (filled, visit) =>
    orRefused(visit.lang, filled, async () => {
      await visit.write(async (db) => {
        await saveBeside(db, ref, filled);
        await moveIncident(db, ref, "CLASSIFY", filled.note, Number(filled.severity));
      });
      return redirectWithToast(`/admin/incidents/${ref}`, messages(visit.lang).incidents.moved.CLASSIFY(ref));
    }),
  );

const acts = {
  note: (args: ActionFunctionArgs, ref: string) =>
    submit(args, "admin", incidentForm, (filled, visit) =>
      orRefused(visit.lang, filled, async () => {
        await visit.write((db) => saveFilled(db, ref, filled, true));
        return redirectWithToast(`/admin/incidents/${ref}`, messages(visit.lang).incidents.noted);
      }),
    ),
  acknowledge: (args: ActionFunctionArgs, ref: string) =>
    submit(args, "admin", incidentForm, (filled, visit) =>
      orRefused(visit.lang, filled, async () => {
        await visit.write(async (db) => {
          await acknowledgeIncident(db, ref);
          await saveFilled(db, ref, filled);
        });
        return redirectWithToast(`/admin/incidents/${ref}`, messages(visit.lang).incidents.taken(ref));
      }),
    ),
  // To a page beside it, with what was filled in saved.
  leave: (args: ActionFunctionArgs, ref: string) =>
    submit(args, "admin", leaveForm, ({ go, ...filled }, visit) =>
      orRefused(visit.lang, filled, async () => {
        await visit.write((db) => saveFilled(db, ref, filled));
        return redirect(safePath(go, `/admin/incidents/${ref}`), { status: 303 });
      }),
    ),
  playbook: (args: ActionFunctionArgs, ref: string) =>
    submit(args, "admin", playbookForm, ({ playbook, ...filled }, visit) =>
      orRefused(visit.lang, filled, async () => {
        const { run } = await visit.write(async (db) => {
          await saveFilled(db, ref, filled);
          return startPlaybook(db, playbook, ref);
        });
        return redirectWithToast(runPlace(playbook, run), messages(visit.lang).playbooks.start.begun);
      }),
    ),
  classify,
  contain: step("CONTAIN"),
  resolve: step("RESOLVE"),
  close: step("CLOSE"),
  reopen: step("REOPEN"),
};

export default function Incident() {
  const reply = useActionData<typeof action>();
  return <IncidentPage {...useLoaderData<typeof loader>()} reply={reply} />;
}
