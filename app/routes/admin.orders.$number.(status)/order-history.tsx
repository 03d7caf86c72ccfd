import { syncErrorWords } from "#app/erp/sync-error.ts";
import type { OrderEvent } from "#app/orders/order.server.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Timeline } from "#app/ui/timeline.tsx";
import { wordFor } from "#app/ui/word.ts";

/** All that happened to the order, with the notes that were made. */
export function OrderHistory({ events }: { events: OrderEvent[] }) {
  const t = useMessages();
  const decided = ({ resolution }: Record<string, unknown>) =>
    typeof resolution === "string" ? wordFor(t.reconcile.resolutions, resolution) : undefined;
  const opened = ({ result }: Record<string, unknown>) =>
    typeof result === "string" ? wordFor(t.reconcile.results, result) : undefined;
  const said = ({ note, error, document }: Record<string, unknown>) => {
    const words = [note, error, document].find((text): text is string => typeof text === "string" && text !== "");
    return words !== undefined && words === error ? syncErrorWords(t.erp.syncErrors, words) : words;
  };
  return (
    <section className="card card--padded no-print">
      <h2>{t.orders.timeline}</h2>
      <Timeline
        staff
        events={events.map(({ at, kind, actor, detail }) => ({
          at,
          title: wordFor(t.orders.events, kind) ?? kind,
          by: actor === "SYSTEM" ? null : actor,
          detail: said(detail) ?? decided(detail) ?? opened(detail),
        }))}
      />
    </section>
  );
}
