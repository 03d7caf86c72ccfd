import type { SerializeFrom } from "@remix-run/node";
import { useCause } from "#app/incidents/cause.tsx";
import type { KnownError } from "#app/incidents/known-error.server.ts";
import { Badge } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Linked, Ref, RefLink } from "#app/ui/ref-link.tsx";

/** One known error: how it is told, why it comes, what helps; and that it is mended. */
export function Entry({ known, mayWrite }: { known: SerializeFrom<KnownError>; mayWrite: boolean }) {
  const t = useMessages().incidents.knownErrors;
  const causeOf = useCause();
  const { code, cause, sign, why, wayRound, rule, incident, mendedAt, mendedBy } = known;
  const part = (label: string, text: string) => (
    <p className="words">
      <strong>{label}:</strong> <Linked>{text}</Linked>
    </p>
  );
  return (
    <article className="card card--padded stack stack--tight" aria-labelledby={code}>
      <div className="page-head">
        <h2 id={code}>
          <Linked>{sign}</Linked> <span className="quiet figures">{code}</span>
        </h2>
        <Badge tone={mendedAt ? "good" : "warn"}>{mendedAt ? t.mended : t.live}</Badge>
      </div>
      {part(t.why, why)}
      {part(t.wayRound, wayRound)}
      {rule ? part(t.rule, rule) : null}
      <Facts
        facts={[
          { label: t.cause, value: causeOf(cause) },
          ...(incident
            ? [{ label: t.from, value: <RefLink href={`/admin/incidents/${incident}`}>{incident}</RefLink> }]
            : []),
          {
            label: t.writtenBy,
            value: (
              <>
                <Ref code={known.writtenBy} /> · <Moment at={known.writtenAt} />
              </>
            ),
          },
          ...(mendedAt && mendedBy
            ? [
                {
                  label: t.mended,
                  value: (
                    <>
                      <Ref code={mendedBy} /> · <Moment at={mendedAt} />
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
      {mayWrite && !mendedAt ? (
        <p className="no-print">
          <button type="submit" name="code" value={code} className="button button--quiet" aria-label={t.mendOf(code)}>
            {t.mend}
          </button>
        </p>
      ) : null}
    </article>
  );
}
