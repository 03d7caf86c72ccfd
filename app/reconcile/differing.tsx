import { Facts } from "#app/ui/facts.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import type { Lang } from "#app/words.ts";
import type { Difference } from "./reconcile.ts";

/** What is not as we assumed: each on a line of its own. */
export function Differing({ difference, compared }: { difference: Difference; compared: boolean }) {
  const lang = useLang();
  const t = useMessages().reconcile;
  const { lines, total, partner, documents, differing } = difference;
  const said = lines.map(({ sku, name, missing, price, quantity }) => ({
    label: name ?? sku,
    number: price === 0,
    value: [
      missing > 0 && t.missing(missing),
      price !== 0 && t.priceDiffers(signed(price, lang)),
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
            : [{ label: t.totalDiffers, value: <span className="money">{signed(total, lang)}</span>, number: true }]),
        ]}
      />
      {differing > lines.length ? <p className="quiet">{t.moreLines(differing - lines.length)}</p> : null}
    </>
  );
}

/** «+Rp 5.000», «−Rp 5.000». */
const signed = (amount: number, lang: Lang) =>
  amount > 0 ? `+${formatRupiah(amount, lang)}` : formatRupiah(amount, lang);
