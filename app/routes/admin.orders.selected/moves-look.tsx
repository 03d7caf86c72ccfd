import type { FormReply } from "#app/http/reply.server.ts";
import type { OrderStatus } from "#app/orders/order.ts";
import { movesField, type StepTogether } from "#app/orders/several.ts";
import { OrderStatusBadge } from "#app/ui/badges.tsx";
import { Textarea } from "#app/ui/fields.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { kept } from "#app/ui/kept.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";
import { NumberedTable } from "#app/ui/numbered-table.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { Ref } from "#app/ui/ref-link.tsx";

type Order = { number: string; status: OrderStatus; total: number; storeName: string; storeCode: string };
type Props = { orders: Order[]; to: StepTogether; address: string; reply?: FormReply };

/** Several orders before and after the same step, and the button that takes it. */
export function MovesLook({ orders, to, address, reply }: Props) {
  const lang = useLang();
  const t = useMessages().orders;
  const stores = new Set(orders.map(({ storeCode }) => storeCode)).size;
  const total = orders.reduce((sum, order) => sum + order.total, 0);
  return (
    <PostForm className="stack" action={address}>
      <p className="lead">{t.together.lead(orders.length, stores, formatRupiah(total, lang))}</p>
      <NumberedTable
        caption={t.together.title}
        rows={orders}
        number={{ label: t.number, to: ({ number }) => `/admin/orders/${number}` }}
        columns={[
          {
            key: "store",
            label: t.store,
            cell: ({ storeName, storeCode }) => <Ref code={storeCode} name={storeName} />,
          },
          { key: "now", label: t.status, cell: ({ status }) => <OrderStatusBadge status={status} /> },
          { key: "then", label: t.together.becomes, cell: () => <OrderStatusBadge status={to} /> },
          { key: "total", label: t.total, number: true, cell: (order) => <Money amount={order.total} /> },
        ]}
      />
      <input type="hidden" name="to" value={to} />
      <input type="hidden" name="items" value={movesField(orders)} />
      <Textarea {...kept(reply, "note")} label={t.moves.note} hint={t.together.noteHint} rows={2} maxLength={300} />
      <p className="pick-bar">
        <SubmitButton>{t.together.confirm(t.moves.names[to], orders.length)}</SubmitButton>
      </p>
    </PostForm>
  );
}
