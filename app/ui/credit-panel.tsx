import { CreditLight, type CreditState } from "./badges.tsx";
import { Facts } from "./facts.tsx";
import { formatWib } from "./format.ts";
import { useLang, useMessages } from "./language.tsx";
import { Money } from "./money.tsx";

type Props = {
  credit: {
    light: CreditState;
    reason: "WITHIN_LIMIT" | "OVER_LIMIT" | "OLD_DATA" | "NO_DATA" | "BYPASS";
    limit: number;
    room: number;
    total: number;
    over: number;
    asOf: string | null;
  };
  /** Without an order in view: the standing alone. */
  standing?: boolean;
};

/** The credit light, what it means for the order, and the figures it comes from with their time. */
export function CreditPanel({ credit, standing = false }: Props) {
  const t = useMessages();
  const lang = useLang();
  const unknown = credit.reason === "OLD_DATA" || credit.reason === "NO_DATA";
  const facts = [
    { label: t.dashboard.creditLimit, value: <Money amount={credit.limit} />, number: true },
    { label: t.checkout.room, value: <Money amount={credit.room} />, number: true },
  ];
  if (!standing) facts.push({ label: t.checkout.after, value: <Money amount={credit.room - credit.total} />, number: true });
  return (
    <section className="card card--padded">
      <h2>{t.checkout.credit}</h2>
      <p>
        <CreditLight state={credit.light} />
      </p>
      {standing && !unknown ? null : <p>{unknown ? t.checkout.creditUnknown : credit.light === "GREEN" ? t.checkout.creditGreen : t.checkout.creditAmber}</p>}
      <Facts facts={facts} />
      {credit.asOf ? <p className="quiet">{t.checkout.creditAsOf(formatWib(credit.asOf, lang))}</p> : null}
    </section>
  );
}
