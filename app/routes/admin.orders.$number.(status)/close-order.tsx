import type { FormReply } from "#app/http/submit.server.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { ErrorSummary, SubmitButton, Textarea } from "#app/ui/form.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = {
  order: { number: string; storeName: string; total: number; erpDocument: string | null };
  status: string;
  reply?: FormReply;
};

/** What cannot be undone is asked on a page of its own. */
export function CloseOrder({ order, status, reply }: Props) {
  const t = useMessages().admin.orders;
  const move = t.moves[status]!;
  return (
    <div className="narrow">
      <BackLink href={`/admin/orders/${order.number}`}>{t.backToOrder}</BackLink>
      <h1>{t.closeTitle(move, order.number)}</h1>
      <p className="lead">{t.closeText(order.storeName, formatRupiah(order.total))}</p>
      {order.erpDocument ? <p className="acting-note">{t.closeSynced(order.erpDocument)}</p> : null}
      <PostForm className="form" action={`/admin/orders/${order.number}/status`}>
        <ErrorSummary errors={reply?.errors ?? []} />
        <Textarea
          name="note"
          label={t.closeReason}
          hint={t.closeReasonHint}
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
