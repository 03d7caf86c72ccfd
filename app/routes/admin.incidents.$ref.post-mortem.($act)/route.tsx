import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useParams } from "@remix-run/react";
import { NotFound } from "#app/db/errors.server.ts";
import { together } from "#app/db/together.server.ts";
import { page } from "#app/http/page.server.ts";
import { nowhere, submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { findIncident, listIncidentEvents } from "#app/incidents/incident.server.ts";
import {
  approvePostMortem,
  findPostMortem,
  findSpan,
  finishAction,
  listActions,
  savePostMortem,
  submitPostMortem,
} from "#app/incidents/post-mortem.server.ts";
import { approveForm, postMortemForm } from "#app/incidents/post-mortem.ts";
import { title } from "#app/ui/title.ts";
import { PostMortemPage } from "./post-mortem-page.tsx";
import { orRefused } from "./refused.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ incident: { ref: string } }>((t, data) =>
  data ? t.incidents.postMortems.of(data.incident.ref) : t.incidents.postMortems.title,
);

/** What was learned from an incident; below it /save, /submit, /approve and /done. ?edit: as a form once more. */
export async function loader(args: LoaderFunctionArgs) {
  const { ref = "", act } = args.params;
  const { viewer, data } = await page(args, "staff", (db) =>
    act && !Object.hasOwn(acts, act)
      ? Promise.reject(new NotFound())
      : together({
          incident: findIncident(db, ref),
          review: findPostMortem(db, ref),
          actions: listActions(db, ref),
          span: findSpan(db, ref),
          events: listIncidentEvents(db, ref),
        }),
  );
  const { incident, events, review, ...shown } = data;
  const edit = new URL(args.request.url).searchParams.get("edit") !== null;
  return {
    ...shown,
    review,
    incident: { ref: incident.ref, cause: incident.cause, severity: incident.severity, peak: incident.peak },
    events: review ? [] : events,
    edit,
    me: viewer.account?.code ?? "",
    mayWrite: viewer.account?.role === "ADMIN",
  };
}

export async function action(args: ActionFunctionArgs) {
  const { ref = "", act = "" } = args.params;
  return Object.hasOwn(acts, act) ? acts[act as keyof typeof acts](args, ref) : nowhere(args, "admin");
}

const back = (ref: string, said: string) => redirectWithToast(`/admin/incidents/${ref}/post-mortem`, said);

// All of it as it stands in the form; handed over as well, or with one of its actions done.
const write = (what: "saved" | "submitted" | "actionDone") => (args: ActionFunctionArgs, ref: string) =>
  submit(args, "admin", postMortemForm, (words, visit) =>
    orRefused(visit.lang, ref, words, async () => {
      await visit.write(async (db) => {
        // The page of an approved one has no text to save.
        if (what !== "actionDone" || words.summary !== undefined) await savePostMortem(db, ref, words);
        if (what === "submitted") await submitPostMortem(db, ref);
        if (what === "actionDone") await finishAction(db, words.done ?? "0", words.note ?? "");
      });
      return back(ref, messages(visit.lang).incidents.postMortems[what]);
    }),
  );

const acts = {
  save: write("saved"),
  submit: write("submitted"),
  done: write("actionDone"),
  approve: (args: ActionFunctionArgs, ref: string) =>
    submit(args, "admin", approveForm, async ({ version }, visit) => {
      await visit.write((db) => approvePostMortem(db, ref, version));
      return back(ref, messages(visit.lang).incidents.postMortems.approved);
    }),
};

export default function PostMortem() {
  const reply = useActionData<typeof action>();
  const { act } = useParams();
  const typed = reply && (act === "save" || act === "submit" || (act === "done" && "summary" in reply.values));
  return <PostMortemPage {...useLoaderData<typeof loader>()} reply={reply} writing={Boolean(typed)} />;
}
