import type { Tier } from "#app/accounts/viewer.ts";
import { CreditLight, type CreditState, TierBadge } from "#app/ui/badges.tsx";
import { Figure } from "#app/ui/facts.tsx";
import { formatNumber, formatWib } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";

type Props = {
  store: { name: string; code: string; city: string; tier: Tier };
  credit: { light: CreditState; limit: number; room: number; asOf: string | null };
  points: { balance: number; pending: number };
};

/** A store in figures: tier, credit with its light and its time, points. */
export function StoreFigures({ store, credit, points }: Props) {
  const t = useMessages();
  const lang = useLang();
  return (
    <section className="stack" aria-label={store.name}>
      <p className="row">
        <TierBadge tier={store.tier} />
        <span className="quiet">{`${store.code} · ${store.city}`}</span>
      </p>
      <div className="figures-grid">
        <Figure
          label={t.ui.dashboard.creditRoom}
          note={
            credit.asOf ? t.carts.checkout.creditAsOf(formatWib(credit.asOf, lang)) : t.carts.checkout.creditUnknown
          }
        >
          <Money amount={credit.room} />
          <span className="figure__light">
            <CreditLight state={credit.light} />
          </span>
        </Figure>
        <Figure label={t.ui.dashboard.creditLimit}>
          <Money amount={credit.limit} />
        </Figure>
        <Figure
          label={t.ui.dashboard.points}
          note={points.pending > 0 ? t.ui.dashboard.pointsPending(formatNumber(points.pending, lang)) : undefined}
        >
          {formatNumber(points.balance, lang)}
        </Figure>
      </div>
    </section>
  );
}
