import type { Reconciliation } from "#app/reconcile/reconcile.server.ts";
import type { LineChange } from "#app/reconcile/reconcile.ts";
import { Facts } from "#app/ui/facts.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Linked } from "#app/ui/ref-link.tsx";

type Props = {
  order: Pick<Reconciliation, "resolution" | "resolvedBy" | "note" | "change" | "erpDocument" | "total"> & {
    resolvedAt: Date | string | null;
  };
};

/** How it was decided, by whom and what it changed; or that there was nothing to decide. */
export function Settled({ order: { resolution, resolvedAt, resolvedBy, note, change, erpDocument, total } }: Props) {
  const lang = useLang();
  const { reconcile: t } = useMessages();
  if (!resolution || !resolvedAt)
    return (
      <section className="card card--padded">
        <h2>{t.order.confirmedTitle}</h2>
        <p>{t.order.confirmedText}</p>
      </section>
    );
  const facts: Parameters<typeof Facts>[0]["facts"] = [
    { label: t.order.by, value: <Linked>{resolvedBy ?? ""}</Linked> },
    { label: t.order.at, value: <Moment at={resolvedAt} ago /> },
  ];
  if (erpDocument) facts.push({ label: t.documents, value: <span className="figures">{erpDocument}</span> });
  facts.push({ label: t.total, value: <span className="money">{formatRupiah(total, lang)}</span>, number: true });
  if (note) facts.push({ label: t.order.note, value: <span className="break">{note}</span> });
  return (
    <section className="card card--padded">
      <h2>{`${t.order.decidedTitle}: ${t.resolutions[resolution]}`}</h2>
      <Changes lines={change?.lines ?? []} preorder={resolution === "PREORDER"} />
      <Facts facts={facts} />
    </section>
  );
}

function Changes({ lines, preorder }: { lines: LineChange[]; preorder: boolean }) {
  const t = useMessages().reconcile.choices;
  if (lines.length === 0) return null;
  return (
    <ul className="bullets">
      {lines.map(({ sku, name, from, to }) => (
        <li key={sku}>{preorder ? t.wait(name, to - from) : t.change(name, from, to)}</li>
      ))}
    </ul>
  );
}
