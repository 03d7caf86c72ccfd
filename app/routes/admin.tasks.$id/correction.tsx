import { type Correction as Asked, readCorrection } from "#app/incidents/task.ts";
import { formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Linked } from "#app/ui/ref-link.tsx";

/** What a person has to change in the ERP's document, one thing after the other. */
export function Correction({ detail }: { detail: Record<string, unknown> }) {
  const t = useMessages().incidents.tasks.correction;
  const asked = readCorrection(detail);
  return (
    <section>
      <h2>{t.title}</h2>
      <ul className="bullets">
        {useSteps(asked).map((step) => (
          <li key={step}>
            <Linked skus={asked.lines.map(({ sku }) => sku)}>{step}</Linked>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useSteps({ lines, total, credit }: Asked): string[] {
  const lang = useLang();
  const t = useMessages().incidents.tasks.correction;
  return [
    ...(credit === undefined ? [] : [t.credit(credit)]),
    ...lines.flatMap(({ sku, name, pieces, price }) => {
      const article = `${name} (${sku})`;
      return [
        ...(pieces ? [t.pieces(article, pieces.from, pieces.to)] : []),
        ...(price ? [t.price(article, formatRupiah(price.from, lang), formatRupiah(price.to, lang))] : []),
      ];
    }),
    ...(total ? [t.total(formatRupiah(total.from, lang), formatRupiah(total.to, lang))] : []),
  ];
}
