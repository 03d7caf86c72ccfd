import type { FormReply } from "#app/http/reply.server.ts";
import type { Move } from "#app/orders/order.ts";
import { Confirm } from "#app/ui/confirm.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";

type Props = {
  order: { number: string; storeName: string; total: number; erpDocument: string | null };
  status: Move;
  reply?: FormReply;
};

/** What cannot be undone is asked on a page of its own. */
export function CloseOrder({ order, status, reply }: Props) {
  const lang = useLang();
  const t = useMessages();
  const move = t.orders.moves.names[status];
  return (
    <Confirm
      back={{ href: `/admin/orders/${order.number}`, label: t.orders.backToOrder }}
      title={t.orders.moves.closeTitle(move, order.number)}
      address={`/admin/orders/${order.number}/status`}
      hidden={{ status }}
      field={{
        name: "note",
        label: t.orders.moves.closeReason,
        hint: t.orders.moves.closeReasonHint,
        maxLength: 300,
      }}
      submit={move}
      reply={reply}
    >
      <p className="lead">{t.orders.moves.closeText(order.storeName, formatRupiah(order.total, lang))}</p>
      {order.erpDocument ? <p className="acting-note">{t.orders.moves.closeSynced(order.erpDocument)}</p> : null}
    </Confirm>
  );
}
