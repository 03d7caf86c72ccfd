import type { Reconciliation } from "#app/reconcile/reconcile.server.ts";
import type { LineChange, ReconcileResult, Resolution } from "#app/reconcile/reconcile.ts";
import { formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";

/** What is known of the order that is decided about. */
export type Asked = Pick<Reconciliation, "number" | "total" | "erp" | "outlook" | "degraded"> & {
  result: ReconcileResult | null;
  checked: string | null;
};
type Props = { id: string; order: Asked; resolution: Resolution; chosen: boolean; disabled: boolean };

/** One of the decisions: what it is called, what follows from it, and the lines that it changes. */
export function Choice({ id, order, resolution, chosen, disabled }: Props) {
  const t = useMessages().reconcile.choices;
  const { outlook, degraded, result } = order;
  const changes: LineChange[] =
    resolution === "CUT" ? outlook.cut.lines : resolution === "PREORDER" ? outlook.preorder : [];
  // Whoever was asked to wait: by the banner, or while his order was up for a decision.
  const told = resolution !== "RETRY" && (degraded || (result !== null && result !== "CONFIRMED"));
  return (
    <div className="choice">
      <input
        type="radio"
        id={id}
        name="resolution"
        value={resolution}
        defaultChecked={chosen}
        disabled={disabled}
        aria-describedby={`${id}-hint`}
      />
      <div>
        <label htmlFor={id}>{t[resolution].name}</label>
        <div id={`${id}-hint`} className="field__hint">
          <p>
            {useConsequence(order, resolution)}
            {told ? ` ${t.mail}` : null}
          </p>
          <Changes resolution={resolution} lines={changes} />
        </div>
      </div>
    </div>
  );
}

function Changes({ resolution, lines }: { resolution: Resolution; lines: LineChange[] }) {
  const t = useMessages().reconcile.choices;
  if (lines.length === 0) return null;
  return (
    <ul className="bullets">
      {lines.map(({ sku, name, from, to }) => (
        <li key={sku}>
          {resolution === "PREORDER"
            ? t.wait(name, to - from)
            : to === 0
              ? `${name}: ${t.CUT.gone}`
              : t.change(name, from, to)}
        </li>
      ))}
    </ul>
  );
}

function useConsequence({ number, total, erp, result, outlook }: Asked, resolution: Resolution): string {
  const lang = useLang();
  const t = useMessages().reconcile.choices;
  const amount = formatRupiah(total, lang);
  switch (resolution) {
    case "ACCEPT":
      if (result === "ERROR") return t.ACCEPT.ERROR(amount, formatRupiah(erp.total ?? 0, lang));
      return t.ACCEPT[result === "CREDIT_FAILED" || result === "DUPLICATE" ? result : "SHORT"];
    case "CUT":
      return t.CUT.text(amount, formatRupiah(outlook.cut.total, lang));
    case "PREORDER":
      return t.PREORDER.text(outlook.missing, amount);
    case "KEYED":
      return t.KEYED.text(number);
    case "CANCEL":
      return t.CANCEL.text(amount);
    case "RETRY":
      return t.RETRY.text;
  }
}
