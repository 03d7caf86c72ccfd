import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { z } from "zod";
import { together } from "#app/db/together.server.ts";
import type { Db } from "#app/db/transaction.server.ts";
import { DatabaseRefusal, NotFound } from "#app/db/errors.server.ts";
import { env } from "#app/env.server.ts";
import { page, toResponse } from "#app/http/page.server.ts";
import { reply as handBack } from "#app/http/reply.server.ts";
import { nowhere, submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import {
  endPlaybook,
  findRun,
  listTicks,
  noteStep,
  type Run,
  tickStep,
  untickStep,
} from "#app/playbooks/run.server.ts";
import { aboutOf, wayOf } from "#app/playbooks/buttons.ts";
import { isSlug, noteField, notesIn, reasonField, runForm, runPlace, typedBeside } from "#app/playbooks/playbook.ts";
import { inFull } from "#app/ui/people.tsx";
import { title } from "#app/ui/title.ts";
import type { Visit } from "#app/http/visit.server.ts";
import { type Messages, messages } from "#app/words.ts";
import { RunPage } from "./run-page.tsx";
import { readOrder, readSalesman, readState } from "./state.server.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ run: { slug: string } }>((t, data) =>
  data && isSlug(data.run.slug) ? t.playbooks.books[data.run.slug].title : t.playbooks.title,
);

/** One time of going through a playbook; below it /tick, /untick, /leave and /end, to which its forms are sent. */
export async function loader(args: LoaderFunctionArgs) {
  const { act } = args.params;
  const { viewer, visit, data } = await page(args, "staff", async (db) => {
    if (act && !Object.hasOwn(acts, act)) throw new NotFound();
    const { slug, number } = runOf(args.params);
    return together({
      run: findRun(db, slug, number),
      ticks: listTicks(db, number),
      state: readState(db, slug, number),
    });
  });
  const role = viewer.account?.role;
  return {
    ...data,
    ...(await readSubject(visit, data.run)),
    degraded: viewer.degraded,
    hq: env.HQ_WHATSAPP,
    mayAct: role === "ADMIN",
    mayAudit: role === "AUDITOR",
    readAt: new Date(),
  };
}

/** What a run that goes on is about: in a transaction of its own, once it is known what that is. */
async function readSubject(visit: Visit, { slug, endedAt, ...run }: Run) {
  const { salesman, order } = run;
  try {
    if (slug === "agent-abuse" && salesman && !endedAt)
      return { salesman: await visit.write((db) => readSalesman(db, salesman)), order: null };
    if (slug === "whatsapp-link" && order && !endedAt)
      return { salesman: null, order: await visit.write((db) => readOrder(db, order)) };
  } catch (error) {
    throw toResponse(error, visit);
  }
  return { salesman: null, order: null };
}

function runOf({ slug = "", run = "" }: LoaderFunctionArgs["params"]) {
  if (!isSlug(slug) || !/^[1-9]\d{0,11}$/.test(run)) throw new NotFound();
  return { slug, number: Number(run) };
}

export async function action(args: ActionFunctionArgs) {
  const { act = "" } = args.params;
  return Object.hasOwn(acts, act) ? acts[act as keyof typeof acts](args) : nowhere(args, "admin");
}

type Form = z.output<typeof runForm>;
type Said = { done: string; saved: string[]; step?: string };

/**
 * Saves what one button stands for. Whatever else was typed stays in its fields; with nothing else the page is asked
 * for anew.
 */
const save = (work: (db: Db, run: number, form: Form) => Promise<unknown>, said: (form: Form, t: Messages) => Said) =>
  async function act(args: ActionFunctionArgs) {
    return submit(args, "admin", runForm, async (form, visit) => {
      const { slug, number } = runOf(args.params);
      try {
        await visit.write(async (db) => {
          await findRun(db, slug, number);
          await work(db, number, form);
        });
      } catch (error) {
        if (!(error instanceof DatabaseRefusal && error.reason === "STEP_DONE")) throw error;
        const by = inFull((await visit.viewer()).names, String(error.detail.by));
        const message = messages(visit.lang).playbooks.run.before(by);
        return handBack(409, typedBeside(form), [{ href: `#${form.step}`, message }]);
      }
      const { done, saved, step } = said(form, messages(visit.lang));
      const rest = typedBeside(form, ...saved);
      if (Object.keys(rest).length > 0) return handBack(200, rest, []);
      return redirectWithToast(runPlace(slug, number, step), done, "good", step);
    });
  };

const text = (form: Form, field: string) => String(form[field] ?? "");
const acts = {
  // To the page on which a step is done, with what was typed kept as a word about its step.
  leave: (args: ActionFunctionArgs) =>
    submit(args, "admin", runForm, async (form, visit) => {
      const { slug, number } = runOf(args.params);
      const { step, href } = await visit.write(async (db) => {
        const way = wayOf(slug, form.go, aboutOf(await findRun(db, slug, number), true, env.HQ_WHATSAPP));
        for (const { step, note } of notesIn(slug, form, way.step)) await noteStep(db, number, step, note);
        return way;
      });
      return redirect(href ?? runPlace(slug, number, step), { status: 303 });
    }),
  tick: save(
    (db, run, form) => tickStep(db, run, form.step, text(form, noteField(form.step))),
    ({ step }, t) => ({ done: t.playbooks.run.ticked, saved: [noteField(step)], step }),
  ),
  untick: save(
    (db, run, form) => untickStep(db, run, form.step, text(form, reasonField(form.step))),
    ({ step }, t) => ({ done: t.playbooks.run.undone, saved: [reasonField(step)], step }),
  ),
  end: save(
    (db, run, { result, outcome }) => endPlaybook(db, run, result || null, outcome),
    (form, t) => ({ done: t.playbooks.run.ended, saved: Object.keys(form) }),
  ),
};

export default function PlaybookRun() {
  const reply = useActionData<typeof action>();
  return <RunPage {...useLoaderData<typeof loader>()} reply={reply} />;
}
