import type { ReactNode } from "react";
import type { OrderStatus } from "#app/orders/order.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";

type Props = {
  order: { number: string; status: OrderStatus; held: boolean; total: number; routedTo: string | null };
  owner: boolean;
  waits: boolean;
  /** Null where nothing is left to hand on; `cut`: not all of its lines fit into the link's message. */
  handOff: { link: string; cut: boolean } | null;
  /** What else is to be said of it before its lines. */ children: ReactNode;
};

/** The first screen: what happened and what comes next, what it comes to, and the way to hand it on. */
export function OrderNow({ order, owner, waits, handOff, children }: Props) {
  const t = useMessages().orders;
  const { now, next } = t.state[order.status];
  return (
    <section className="card card--padded stack stack--tight">
      {waits || order.held ? null : (
        <p>
          <strong>{now}</strong> {owner ? next.owner : next.salesman}
        </p>
      )}
      {children}
      <p className="order-total">
        <span className="quiet">{t.total}</span> <Money amount={order.total} />
      </p>
      {handOff ? (
        <div className="no-print stack stack--tight">
          <p className="actions">
            <ButtonLink
              kind={waits ? "quiet" : "main"}
              href={handOff.link}
              ping={`/orders/${order.number}/whatsapp`}
              target="_blank"
              rel="noopener noreferrer"
            >
              {t.whatsapp.open}
            </ButtonLink>
            <ButtonLink kind="link" href="#order-text">
              {t.whatsapp.copyInstead}
            </ButtonLink>
          </p>
          <p className="quiet">{hintOf(t, order.routedTo, owner, waits)}</p>
          {handOff.cut ? <p>{t.whatsapp.hintCut}</p> : null}
        </div>
      ) : null}
    </section>
  );
}

function hintOf(t: ReturnType<typeof useMessages>["orders"], to: string | null, owner: boolean, waits: boolean) {
  const whom = to ? t.whatsapp.hint(to) : owner ? `${t.noSubdistributor} ${t.routedToHq}` : t.placement.routedToHq;
  return waits ? `${whom} ${t.whatsapp.hintWaits}` : whom;
}
