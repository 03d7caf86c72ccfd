import type { ReactNode } from "react";
import type { Messages } from "#app/words.ts";
import { Facts } from "./facts.tsx";
import { formatRupiah } from "./format.ts";
import { useLang, useMessages } from "./language.tsx";
import { Money } from "./money.tsx";

type SummaryProps = { market: number; total: number; tier: keyof Messages["accounts"]["tiers"]; forStaff?: boolean };

/** What it would cost at the market's price, what it costs this store, and the difference, said to it or to staff. */
export function OrderSummary({ market, total, tier, forStaff = false }: SummaryProps) {
  const lang = useLang();
  const t = useMessages();
  const saving = market - total;
  const said = forStaff ? t.carts.storeSaving : t.carts.saving;
  return (
    <>
      <Facts
        facts={[
          { label: t.carts.marketTotal, value: <Money amount={market} strike={saving > 0} />, number: true },
          { label: t.carts.partnerTotal, value: <Money amount={total} />, number: true, strong: true },
        ]}
      />
      {saving > 0 ? <p className="saving">{said(formatRupiah(saving, lang), t.accounts.tiersShort[tier])}</p> : null}
    </>
  );
}

/** The main action under the thumb, with the total beside it. */
export function ActionBar({ total, children }: { total: number; children: ReactNode }) {
  const t = useMessages();
  return (
    <div className="action-bar">
      <p className="action-bar__total">
        <span className="quiet">{t.carts.total}</span>
        <Money amount={total} />
      </p>
      {children}
    </div>
  );
}
