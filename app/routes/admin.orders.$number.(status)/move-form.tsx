import type { FormReply } from "#app/http/reply.server.ts";
import { hasEnded, type Move } from "#app/orders/order.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { Textarea } from "#app/ui/fields.tsx";
import { ErrorSummary, KeptText } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = {
  number: string;
  next: Move[];
  mayMove: boolean;
  /** Its credit has to be decided first, and elsewhere. */ waits: boolean;
  reply?: FormReply;
};

/** The steps that an order may take next. Those that end it lead to a question first, with the note that was begun. */
export function MoveForm({ number, next, mayMove, waits, reply }: Props) {
  const { approvals, orders } = useMessages();
  const action = `/admin/orders/${number}/status`;
  const onward = next.filter((status) => !hasEnded(status));
  const closing = next.filter(hasEnded);
  return (
    <section className="card card--padded no-print">
      <h2>{orders.moves.title}</h2>
      <ErrorSummary errors={reply?.errors ?? []} />
      {next.length === 0 ? <KeptText text={reply?.values.note} /> : null}
      {next.length === 0 ? (
        <p className="quiet">{orders.moves.none}</p>
      ) : mayMove ? null : (
        <p className="quiet">{orders.moves.readOnly}</p>
      )}
      {mayMove && waits ? (
        <div className="stack stack--tight">
          <p>{orders.moves.creditFirst}</p>
          <p>
            <ButtonLink href={`/admin/approvals/${number}`}>{approvals.open}</ButtonLink>
          </p>
        </div>
      ) : null}
      {mayMove && next.length > 0 ? (
        <PostForm className="form" action={action}>
          <Textarea
            {...kept(reply, "note")}
            label={orders.moves.note}
            hint={orders.moves.noteHint}
            rows={2}
            maxLength={300}
          />
          <p className="actions">
            {onward.map((status, index) => (
              <button
                key={status}
                type="submit"
                name="status"
                value={status}
                className={`button button--${index === 0 && !waits ? "main" : "quiet"}`}
              >
                {orders.moves.names[status]}
              </button>
            ))}
          </p>
          <p className="actions">
            {closing.map((status) => (
              <button key={status} type="submit" name="ask" value={status} className="button button--link">
                {orders.moves.names[status]}
              </button>
            ))}
          </p>
        </PostForm>
      ) : null}
    </section>
  );
}
