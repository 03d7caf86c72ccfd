import { CreditLight, type CreditState } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { formatRupiah, formatWib } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";

type Props = {
  credit: {
    light: CreditState;
    reason: "WITHIN_LIMIT" | "OVER_LIMIT" | "OLD_DATA" | "NO_DATA" | "MANUAL";
    limit: number;
    room: number;
    total: number;
    over: number;
    asOf: string | null;
  };
  /** Whether it can be sent at all: what is then decided about it is said only so. */
  open: boolean;
};

/** The credit light, what it means for the order, and the figures it comes from with their time. */
export function CreditPanel({ credit, open }: Props) {
  const t = useMessages();
  const lang = useLang();
  const { approvals: said } = t;
  const words =
    credit.reason === "WITHIN_LIMIT"
      ? t.carts.checkout.creditGreen
      : credit.reason === "OVER_LIMIT"
        ? said.checkout.OVER_LIMIT(formatRupiah(credit.over, lang))
        : said.checkout[credit.reason];
  const facts = [
    { label: t.ui.dashboard.creditLimit, value: <Money amount={credit.limit} />, number: true },
    { label: t.carts.checkout.room, value: <Money amount={credit.room} />, number: true },
    { label: t.carts.checkout.after, value: <Money amount={credit.room - credit.total} />, number: true },
  ];
  return (
    <section className="card card--padded">
      <h2>{t.carts.checkout.credit}</h2>
      <p>
        <CreditLight state={credit.light} />
      </p>
      {open ? <p>{words}</p> : null}
      <Facts facts={facts} />
      {credit.asOf ? <p className="quiet">{t.carts.checkout.creditAsOf(formatWib(credit.asOf, lang))}</p> : null}
    </section>
  );
}
