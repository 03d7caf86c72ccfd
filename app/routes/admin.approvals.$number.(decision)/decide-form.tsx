import type { FormReply } from "#app/http/reply.server.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { Textarea } from "#app/ui/fields.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = { approval: { number: string; total: number; held: boolean }; mayDecide: boolean; reply?: FormReply };

/**
 * Approve here; to reject is asked on a page of its own, with the note that was begun. What is sent along is the total
 * that was looked at.
 */
export function DecideForm({ approval: { number, total, held }, mayDecide, reply }: Props) {
  const t = useMessages().approvals;
  const address = `/admin/approvals/${number}/decision`;
  return (
    <section className="card card--padded no-print">
      <h2>{t.decide}</h2>
      <ErrorSummary errors={reply?.errors ?? []} />
      {held ? <p className="acting-note">{t.held}</p> : null}
      {!mayDecide ? <p className="quiet">{t.readOnly}</p> : null}
      {mayDecide ? (
        <PostForm className="form" action={address}>
          <input type="hidden" name="seen" value={total} />
          <Textarea {...kept(reply, "note")} label={t.note} hint={t.noteHint} rows={2} maxLength={300} />
          {held ? null : <p className="quiet">{t.approveText}</p>}
          <p className="actions">
            {held ? null : (
              <button type="submit" name="outcome" value="APPROVED" className="button button--main">
                {t.approve}
              </button>
            )}
            <button type="submit" name="ask" value="REJECTED" className="button button--link">
              {t.reject}
            </button>
          </p>
        </PostForm>
      ) : null}
      <p className="actions">
        <ButtonLink kind="link" href={`/admin/orders/${number}`}>
          {t.toOrder}
        </ButtonLink>
      </p>
    </section>
  );
}
