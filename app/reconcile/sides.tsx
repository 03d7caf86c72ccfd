import type { Assumed, ReconcileRow, Difference, ErpSaid } from "./reconcile.ts";
import { CreditLight, State } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { syncErrorWords } from "#app/erp/sync-error.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";

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
        <p key={each} className="quiet break">{`«${each}»`}</p>
      ))}
    </>
  );
}

/** What is not as we assumed: each on a line of its own. */
function Differing({ difference, compared }: { difference: Difference; compared: boolean }) {
  const t = useMessages().reconcile;
  const { lines, total, partner, documents, differing } = difference;
  const said = lines.map(({ sku, name, missing, price, quantity }) => ({
    label: name ?? sku,
    number: price === 0,
    value: [
      missing > 0 && t.missing(missing),
      price !== 0 && t.priceDiffers(signed(price)),
      quantity !== undefined && quantity !== 0 && t.quantityDiffers(quantity),
    ].filter((each): each is string => Boolean(each)),
  }));
  if (said.length === 0 && total === 0 && !partner && documents.length === 0)
    return <p className="quiet">{compared ? t.same : t.notCompared}</p>;
  return (
    <>
      {documents.length > 0 ? <p>{t.severalDocuments(documents.length)}</p> : null}
      {partner ? <p>{t.partnerDiffers(partner)}</p> : null}
      <Facts
        facts={[
          ...said.map(({ label, number, value }) => ({
            label,
            number,
            value: value.map((each) => (
              <strong key={each} className="sub reconcile__bad">
                {each}
              </strong>
            )),
          })),
          ...(total === 0
            ? []
            : [{ label: t.totalDiffers, value: <span className="money">{signed(total)}</span>, number: true }]),
        ]}
      />
      {differing > lines.length ? <p className="quiet">{t.moreLines(differing - lines.length)}</p> : null}
    </>
  );
}

/** «+Rp 5.000», «Rp -5.000». */
const signed = (amount: number) => (amount > 0 ? `+${formatRupiah(amount)}` : formatRupiah(amount));
