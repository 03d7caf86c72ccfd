import { type ActionFunctionArgs, data as answer, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { errorText, messages } from "#app/words.ts";
import { findWatch, listCheckpoints, writeCheckpoint } from "#app/erp/duty.server.ts";
import { checkpointForm, playbookSays, weeksBefore, weeksOf } from "#app/erp/duty.ts";
import { DutyHead } from "#app/erp/duty-head.tsx";
import { CheckpointForm } from "./checkpoint-form.tsx";
import { CheckpointList } from "./checkpoint-list.tsx";
import { day } from "#app/ui/day.ts";
import { useMessages } from "#app/ui/language.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.erp.checkpoints.title);

/** The weeks and what was written of them; ?week= is the one that the form begins with. */
export async function loader(args: LoaderFunctionArgs) {
  const asked = new URL(args.request.url).searchParams.get("week");
  const { viewer, lang, data } = await page(args, "staff", (db) => Promise.all([findWatch(db), listCheckpoints(db)]));
  const [{ since, today }, checkpoints] = data;
  const open = weeksOf(weeksBefore(today), today);
  const first = checkpoints.reduce((oldest, { week }) => (week < oldest ? week : oldest), since);
  const mayAct = viewer.account?.role === "ADMIN";
  const odd = mayAct && asked !== null && !day("WEEK").safeParse(asked).success;
  const errors = odd ? [{ field: "week", message: errorText(lang, "WEEK") }] : [];
  const shown = {
    today,
    checkpoints,
    open,
    shown: weeksOf(first, today),
    week: open.find((week) => week === asked) ?? today,
    errors,
    mayAct,
    figures: checkpoints.at(-1) ?? playbookSays,
  };
  return answer(shown, { status: odd ? 400 : 200 });
}

export async function action(args: ActionFunctionArgs) {
  return submit(args, "admin", checkpointForm, async (note, visit) => {
    await visit.write((db) => writeCheckpoint(db, note));
    return redirectWithToast("/admin/erp/checkpoints", messages(visit.lang).erp.checkpoints.saved);
  });
}

export default function Checkpoints() {
  const t = useMessages().erp.checkpoints;
  const { today, checkpoints, open, shown, week, errors, mayAct, figures } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>() ?? { errors, values: {} };
  return (
    <>
      <DutyHead words={t} reply={reply}>
        {mayAct ? (
          <p className="no-print">
            <a href="#tulis">{t.write}</a>
          </p>
        ) : null}
      </DutyHead>
      <div className="columns columns--main-side">
        <CheckpointList weeks={shown} today={today} checkpoints={checkpoints} />
        <aside className="stack no-print">
          {mayAct ? (
            <CheckpointForm weeks={open} week={week} figures={figures} reply={reply} />
          ) : (
            <p className="quiet">{t.adminOnly}</p>
          )}
        </aside>
      </div>
    </>
  );
}
