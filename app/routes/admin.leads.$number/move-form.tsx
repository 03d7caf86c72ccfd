import type { SerializeFrom } from "@remix-run/node";
import type { FormReply } from "#app/http/reply.server.ts";
import { movesFrom } from "#app/leads/lead.ts";
import type { LeadRow } from "#app/leads/lead.server.ts";
import { Textarea } from "#app/ui/fields.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = { lead: SerializeFrom<LeadRow>; mayWork: boolean; reply?: FormReply };

/** One note, and the steps that it may go with. */
export function MoveForm({ lead: { number, state }, mayWork, reply }: Props) {
  const t = useMessages().leads;
  const [next, ...others] = movesFrom(state);
  return (
    <section className="card card--padded no-print">
      <h2>{t.move}</h2>
      <ErrorSummary errors={reply?.errors ?? []} />
      {mayWork ? (
        <PostForm className="form" action={`/admin/leads/${number}`}>
          <input type="hidden" name="seen" value={state} />
          <Textarea {...kept(reply, "note")} label={t.note} hint={t.moveHint} maxLength={500} />
          <p className="actions">
            {next ? (
              <button type="submit" name="state" value={next} className="button button--main">
                {t.moves[next]}
              </button>
            ) : null}
            {others.map((to) => (
              <button key={to} type="submit" name="state" value={to} className="button button--quiet">
                {t.moves[to]}
              </button>
            ))}
            <button type="submit" name="state" value="NOTED" className="button button--quiet">
              {t.saveNote}
            </button>
          </p>
          {movesFrom(state).includes("HANDED_OVER") ? <p className="quiet">{t.handOverHint}</p> : null}
        </PostForm>
      ) : (
        <p className="quiet">{t.readOnly}</p>
      )}
    </section>
  );
}
