import type { LineChange, Resolution } from "#app/models/reconcile.ts";
import { formatRupiah } from "#app/ui/format.ts";
import { useMessages } from "#app/ui/language.tsx";

type Event = { kind: string; detail: Record<string, unknown> };

/** What a store reads of the desk: that its order is being checked, and then what became of it. */
export function StoreNote({ events, status }: { events: Event[]; status: string }) {
  const t = useMessages().reconcile.partner;
  const at = events.findLastIndex(({ kind }) => kind === "RECONCILE_OPEN" || kind === "RECONCILED");
  if (at < 0) return null;
  const { kind, detail } = events[at]!;
  const synced = events.slice(at + 1).some((event) => event.kind === "SYNCED");
  if (kind === "RECONCILE_OPEN") return synced || status === "REJECTED" || status === "CANCELLED" ? null : <p className="acting-note">{t.waits}</p>;
  const { resolution, lines = [], total } = detail as { resolution: Resolution; lines?: LineChange[]; total?: { to: number } };
  if (!Object.hasOwn(t, resolution) || (resolution === "RETRY" && synced)) return null;
  return (
    <section className="acting-note stack stack--tight">
      <p>{t[resolution]}{resolution === "CUT" && total ? ` ${t.newTotal(formatRupiah(total.to))}` : null}</p>
      {lines.length > 0 ? (
        <ul className="bullets">
          {lines.map(({ sku, name, from, to }) => (
            <li key={sku}>{resolution === "CUT" ? t.cutLine(name, from, to) : t.preorderLine(name, to - from)}</li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
