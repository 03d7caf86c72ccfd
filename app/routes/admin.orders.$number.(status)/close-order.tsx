import type { FormReply } from "#app/http/submit.server.ts";
import type { Move } from "#app/orders/order.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { ErrorSummary, SubmitButton, Textarea } from "#app/ui/form.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = {
  order: { number: string; storeName: string; total: number; erpDocument: string | null };
  status: Move;
  reply?: FormReply;
};

/** What cannot be undone is asked on a page of its own. */
export function CloseOrder({ order, status, reply }: Props) {
  const t = useMessages();
  const move = t.orders.moves.names[status];
  return (
    <div className="narrow">
      <BackLink href={`/admin/orders/${order.number}`}>{t.orders.backToOrder}</BackLink>
      <h1>{t.orders.moves.closeTitle(move, order.number)}</h1>
      <p className="lead">{t.orders.moves.closeText(order.storeName, formatRupiah(order.total))}</p>
      {order.erpDocument ? <p className="acting-note">{t.orders.moves.closeSynced(order.erpDocument)}</p> : null}
      <PostForm className="form" action={`/admin/orders/${order.number}/status`}>
        <ErrorSummary errors={reply?.errors ?? []} />
        <Textarea
          name="note"
          label={t.orders.moves.closeReason}
          hint={t.orders.moves.closeReasonHint}
          maxLength={300}
          defaultValue={reply?.values.note}
          error={reply?.errors.find(({ field }) => field === "note")?.message}
        />
        <input type="hidden" name="status" value={status} />
        <SubmitButton>{move}</SubmitButton>
      </PostForm>
    </div>
  );
}
