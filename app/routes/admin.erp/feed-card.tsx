import type { SerializeFrom } from "@remix-run/node";
import type { Feed } from "#app/erp/state.server.ts";
import { Facts } from "#app/ui/facts.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { AsideTable } from "./aside-table.tsx";
import { FeedRefusalForm } from "#app/erp/feed-refusal-form.tsx";
import { useFigures } from "#app/erp/figures.ts";
import { Reason } from "#app/erp/reason.tsx";

type Props = { feed: SerializeFrom<Feed>; now: Date | string; mayAct: boolean };

/** Clocks that differ by less are taken for equal: the answer was under way for seconds. */
const toleratedSkew = 60;

/** What is live of one feed, and why nothing newer is. */
export function FeedCard({ feed, now, mayAct }: Props) {
  const lang = useLang();
  const { erp } = useMessages();
  const { span } = useFigures();
  const t = erp.feeds;
  const { name, asOf, rows, skewSeconds: skew, lastError, lastTriedAt, wanted, refusal, same, asideCount } = feed;
  const facts: Parameters<typeof Facts>[0]["facts"] = [
    { label: t.lastGood, value: asOf ? <Moment at={asOf} ago now={now} /> : erp.never },
    { label: t.rows, value: rows === null ? "–" : formatNumber(rows, lang), number: true },
  ];
  if (skew !== null)
    facts.push({
      label: t.clock,
      value: Math.abs(skew) < toleratedSkew ? t.clockRight : skew > 0 ? t.ahead(span(skew)) : t.behind(span(skew)),
    });
  return (
    <section className="card card--padded" id={`feed-${name}`} aria-labelledby={`feed-${name}-title`}>
      <h3 id={`feed-${name}-title`}>{erp.feeds.names[name]}</h3>
      <Facts facts={facts} />
      {lastError ? (
        <div className="stack stack--tight">
          <p className="field__warning">
            {t.refused} {lastTriedAt ? <Moment at={lastTriedAt} ago now={now} /> : null}
          </p>
          <p>
            <Reason words={lastError} />
          </p>
        </div>
      ) : same ? (
        <p className="field__warning">
          {t.same} {lastTriedAt ? <Moment at={lastTriedAt} ago now={now} /> : null}
        </p>
      ) : wanted ? (
        <p className="quiet">{t.wanted}</p>
      ) : null}
      {asideCount > 0 ? <AsideTable feed={feed} now={now} /> : null}
      {refusal && mayAct ? <FeedRefusalForm name={name} rows={rows} refusal={refusal} /> : null}
    </section>
  );
}
