import type { Case } from "#app/cases/case.ts";
import { Badge } from "#app/ui/badges.tsx";
import { formatDay, formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { sourcesOf } from "./words.ts";
import { wordFor } from "#app/ui/word.ts";

/** The case in sentences, each with where its figures come from, and how little a place proves. */
export function CaseSummary({
  salesman,
  totals,
  score,
  limits,
  orders,
}: Pick<Case, "salesman" | "totals" | "score" | "limits" | "orders">) {
  const lang = useLang();
  const t = useMessages().cases;
  const { rules } = useMessages().abuse;
  return (
    <section className="card card--padded">
      <h2>{t.summary}</h2>
      <p>
        {t.summaryText({ ...totals, name: salesman.name, amount: formatRupiah(totals.amount, lang) })}{" "}
        {totals.orders > 0 ? t.verdictsText(totals) : null} {t.disputesText(totals.disputes)}
      </p>
      <p>
        <strong>{t.scoreText(score.score, limits.review, limits.suspend)}</strong>{" "}
        <span className="quiet">{t.scoreSource(score.version)}</span>
      </p>
      {score.rules.length > 0 ? (
        <ul className="bullets">
          {score.rules.map(({ rule, weight, hits, geographic }) => (
            <li key={rule}>
              {`${wordFor(rules, rule) ?? rule}: ${t.counted(weight, hits)}`}{" "}
              {geographic ? <Badge tone="plain">{t.weak}</Badge> : null}
            </li>
          ))}
        </ul>
      ) : null}
      <WeakEvidence orders={orders} />
    </section>
  );
}

function WeakEvidence({ orders }: Pick<Case, "orders">) {
  const t = useMessages().cases;
  const lang = useLang();
  const sources = sourcesOf(orders);
  return (
    <div className="acting-note">
      <p>
        <Badge tone="plain">{t.weak}</Badge> {t.weakSentence}
      </p>
      <p className="quiet">
        {sources.length === 0
          ? t.noDatabase
          : sources.map(({ name, built }) => t.database(name, formatDay(built, lang))).join(" ")}{" "}
        <a href="https://db-ip.com" rel="noreferrer">
          IP Geolocation by DB-IP
        </a>
      </p>
    </div>
  );
}
