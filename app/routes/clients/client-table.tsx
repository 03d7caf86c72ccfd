import type { SerializeFrom } from "@remix-run/node";
import type { Client } from "#app/shadow/store.server.ts";
import type { Allowance } from "#app/shadow/consent.ts";
import { TierBadge } from "#app/ui/badges.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { PhoneOwner } from "#app/ui/phone-owner.tsx";
import { Table } from "#app/ui/table.tsx";
import { Begin } from "./begin.tsx";

type Row = SerializeFrom<Client>;
type Props = {
  stores: Row[];
  allowances: Record<string, Allowance>;
  acting: { id: string; code: string } | null;
  /** For which page he needs a store. */
  next: string | null;
};

/** A salesman's stores: whom to visit, whom to call, and for whom to begin. */
export function ClientTable({ stores, allowances, acting, next }: Props) {
  const t = useMessages().shadow.clients;
  return (
    <Table
      caption={t.title}
      rows={stores}
      rowKey={({ code }) => code}
      columns={[
        {
          key: "store",
          label: t.store,
          head: true,
          cell: (store) => <StoreName store={store} allowance={allowances[store.code]} />,
        },
        { key: "room", label: t.room, number: true, cell: Room },
        {
          key: "order",
          label: t.lastOrder,
          cell: ({ lastOrder }) => (lastOrder ? <Moment at={lastOrder} /> : t.never),
        },
        {
          key: "last",
          label: t.lastActing,
          cell: ({ lastActing }) => (lastActing ? <Moment at={lastActing} /> : t.never),
        },
        {
          key: "phone",
          label: t.phone,
          cell: ({ whatsapp, name, suspended }) => (
            <PhoneOwner whatsapp={whatsapp} heading={false} whom={name} none={suspended ? t.phoneHidden : undefined} />
          ),
        },
        {
          key: "begin",
          label: t.action,
          bare: true,
          cell: (store) => <Begin store={store} acting={acting} next={next} />,
        },
      ]}
    />
  );
}

function StoreName({ store: { name, code, city, tier }, allowance }: { store: Row; allowance?: Allowance }) {
  const lang = useLang();
  const t = useMessages().shadow.allowance;
  return (
    <>
      {name} <TierBadge tier={tier} short />
      <span className="sub quiet figures">{`${code} · ${city}`}</span>
      {allowance && allowance.cap !== null && allowance.left !== null ? (
        <span className="sub quiet">
          {t.leftOf(formatRupiah(allowance.left, lang), formatRupiah(allowance.cap, lang))}
        </span>
      ) : null}
    </>
  );
}

function Room({ room }: Row) {
  const t = useMessages().shadow.clients;
  if (room === null) return "–";
  return (
    <>
      <Money amount={room} />
      {room < 0 ? <span className="sub quiet">{t.roomOver}</span> : null}
    </>
  );
}
