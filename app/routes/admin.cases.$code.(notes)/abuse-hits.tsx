import { type AbuseHit, explainHit, isWeak } from "#app/abuse/abuse.ts";
import { Badge } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { RefLink } from "#app/ui/ref-link.tsx";
import { wordFor } from "#app/ui/word.ts";

/** Signs of abuse, newest first: what was seen in words, how much it weighs, and whether it is weak by itself. */
export function AbuseHits({ hits }: { hits: AbuseHit[] }) {
  const t = useMessages().abuse;
  if (hits.length === 0) return <p className="quiet">{t.emptyText}</p>;
  return (
    <div className="stack stack--tight">
      <ol className="timeline">
        {hits.map((hit, index) => (
          <li key={`${index}${hit.rule}`}>
            <p className="timeline__title">
              {wordFor(t.rules, hit.rule) ?? hit.rule}{" "}
              <Badge tone={isWeak(hit) ? "plain" : "warn"}>{isWeak(hit) ? t.weak : t.weight(hit.weight)}</Badge>
            </p>
            <p>{explainHit(t.words, hit)}</p>
            <p className="quiet">
              <Moment at={hit.at} />
              {hit.orderNumber ? (
                <>
                  {" · "}
                  <RefLink href={`/admin/orders/${hit.orderNumber}`}>{hit.orderNumber}</RefLink>
                </>
              ) : null}
              {isWeak(hit) ? ` · ${t.weight(hit.weight)}` : null}
              {hit.version ? ` · ${t.version(hit.version)}` : null}
            </p>
          </li>
        ))}
      </ol>
      {hits.some(isWeak) ? <p className="quiet">{t.weakWhy}</p> : null}
    </div>
  );
}
