import type { OrderEvent } from "#app/models/order.server.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Timeline } from "#app/ui/timeline.tsx";

/** All that happened to the order, with the notes that were made. */
export function OrderHistory({ events }: { events: OrderEvent[] }) {
  const t = useMessages();
  const said = ({ note, error, document }: Record<string, unknown>) => [note, error, document].find((text) => typeof text === "string" && text !== "");
  return (
    <section className="card card--padded">
      <h2>{t.orders.timeline}</h2>
      <Timeline
        events={events.map(({ at, kind, actor, detail }) => ({
          at,
          title: t.timeline[kind] ?? kind,
          by: actor === "sistem" ? null : actor,
          detail: said(detail) as string | undefined,
        }))}
      />
    </section>
  );
}
