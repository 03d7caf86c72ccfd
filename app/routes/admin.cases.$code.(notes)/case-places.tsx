import type { CaseOrder } from "#app/cases/case.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Table } from "#app/ui/table.tsx";
import { placesOf } from "./drawing.ts";
import { sayKm } from "./words.ts";

/** What the map shows, as a table: each place, whose network it is and how far off it may be. */
export function CasePlaces({ orders }: { orders: CaseOrder[] }) {
  const lang = useLang();
  const t = useMessages().cases;
  const places = placesOf(orders);
  if (places.length === 0) return <p className="quiet">{t.noDatabase}</p>;
  return (
    <Table
      caption={t.places}
      rows={places}
      rowKey={({ place }) => `${place.latitude} ${place.longitude} ${place.radiusKm} ${place.operator}`}
      columns={[
        { key: "place", label: t.place, head: true, cell: ({ label }) => label },
        {
          key: "network",
          label: t.network,
          cell: ({ place }) => (
            <>
              {t.networks[place.network]}
              {place.operator ? <span className="sub quiet">{place.operator}</span> : null}
            </>
          ),
        },
        { key: "radius", label: t.radius, number: true, cell: ({ place }) => sayKm(t, place.radiusKm, lang) },
        { key: "orders", label: t.orders, number: true, cell: ({ orders: count }) => count },
        { key: "bad", label: t.implausible, number: true, cell: ({ bad }) => bad },
      ]}
    />
  );
}
