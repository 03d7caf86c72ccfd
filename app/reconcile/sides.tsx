import type { Assumed, ErpSaid, ReconcileRow } from "./reconcile.ts";
import { CreditLight, State } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { syncErrorWords } from "#app/erp/sync-error.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { Linked } from "#app/ui/ref-link.tsx";
import { Differing } from "./differing.tsx";

type FactList = Parameters<typeof Facts>[0]["facts"];
type Props = { row: Pick<ReconcileRow, "assumed" | "erp" | "difference" | "error">; heading?: "h2" | "h3" };

/** What we assumed, what the ERP says, and the difference, side by side. */
export function Sides({ row: { assumed, erp, difference, error }, heading: Heading = "h3" }: Props) {
  const t = useMessages().reconcile;
  return (
    <div className="sides">
      <section>
        <Heading>{t.assumed}</Heading>
        <AssumedFacts assumed={assumed} />
      </section>
      <section>
        <Heading>{t.says}</Heading>
        {/* That there are several documents is said beside it. */}
        <ErpFacts erp={erp} error={difference.documents.length > 0 ? null : error} />
      </section>
      <section>
        <Heading>{t.differs}</Heading>
        <Differing difference={difference} compared={(erp.documents ?? []).length > 0} />
      </section>
    </div>
  );
}

function AssumedFacts({ assumed }: { assumed: Assumed }) {
  const { reconcile: t, credit } = useMessages();
  const facts: FactList = [
    { label: t.total, value: <Money amount={assumed.total} />, number: true },
    { label: t.credit, value: <CreditLight state={assumed.light} /> },
    { label: t.creditAge, value: assumed.credit.asOf ? <Moment at={assumed.credit.asOf} /> : t.noData },
    {
      label: t.stockAge,
      value: assumed.stockAsOf ? (
        <>
          <Moment at={assumed.stockAsOf} />
          {assumed.stockSnapshot ? <span className="quiet">{` (${t.snapshot(assumed.stockSnapshot)})`}</span> : null}
        </>
      ) : (
        t.noData
      ),
    },
  ];
  return (
    <>
      <Facts facts={facts} />
      <p className="quiet">{credit.basis.reasons[assumed.credit.reason]}</p>
    </>
  );
}

function ErpFacts({ erp, error }: { erp: ErpSaid; error: string | null }) {
  const { reconcile: t, erp: erpWords } = useMessages();
  const documents = erp.documents ?? [];
  const facts: FactList = [
    {
      label: t.documents,
      value: documents.length > 0 ? <span className="figures break">{documents.join(", ")}</span> : t.noDocument,
    },
  ];
  if (typeof erp.total === "number") facts.push({ label: t.total, value: <Money amount={erp.total} />, number: true });
  if (erp.credit)
    facts.push({
      label: t.credit,
      value: <State tone={erp.credit.ok ? "good" : "bad"}>{erp.credit.ok ? t.creditOk : t.creditBad}</State>,
    });
  // The same words come with and without the number of the answer before them.
  const ours = error && syncErrorWords(erpWords.syncErrors, error);
  const all = [ours, erp.message, erp.credit?.message].filter((each): each is string => Boolean(each));
  const words = all.filter(
    (each, index) => !all.some((other, at) => at !== index && other.includes(each) && (other !== each || at < index)),
  );
  return (
    <>
      <Facts facts={facts} />
      {words.map((each) => (
        <p key={each} className="quiet break">
          <Linked>{`«${each}»`}</Linked>
        </p>
      ))}
    </>
  );
}
