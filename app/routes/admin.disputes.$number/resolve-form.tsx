import type { FormReply } from "#app/http/reply.server.ts";
import { disputeOutcomes, isOpen } from "#app/disputes/dispute.ts";
import type { OrderStatus } from "#app/orders/order.ts";
import { Textarea } from "#app/ui/fields.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

/** The three ways in which a dispute can end, each with what follows from it. */
export function ResolveForm({
  number,
  status,
  mayDecide,
  reply,
}: {
  number: string;
  status: OrderStatus;
  mayDecide: boolean;
  reply?: FormReply;
}) {
  const t = useMessages().disputes.reports;
  const choices = isOpen(status) ? t.choices : t.choicesLeft;
  return (
    <section className="card card--padded no-print">
      <h2>{t.decide}</h2>
      <ErrorSummary errors={reply?.errors ?? []} />
      {mayDecide ? (
        <PostForm className="form" action={`/admin/disputes/${number}`}>
          <Textarea {...kept(reply, "note")} label={t.note} hint={t.noteHint} maxLength={300} />
          <ul className="stack">
            {disputeOutcomes.map((outcome) => (
              <li key={outcome} className="stack stack--tight">
                <p className="field__hint" id={`${outcome}-hint`}>
                  {choices[outcome][1]}
                </p>
                <p>
                  <button
                    type="submit"
                    name="outcome"
                    value={outcome}
                    className="button button--quiet"
                    aria-describedby={`${outcome}-hint`}
                  >
                    {choices[outcome][0]}
                  </button>
                </p>
              </li>
            ))}
          </ul>
        </PostForm>
      ) : (
        <p className="quiet">{t.readOnly}</p>
      )}
    </section>
  );
}
