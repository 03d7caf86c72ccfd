import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";

/** What can be typed, where nothing was, or nothing was found. */
export function Ways() {
  const t = useMessages().lookup;
  return (
    <section className="card card--padded">
      <h2>{t.start}</h2>
      <Facts facts={t.ways.map(([label, value]) => ({ label, value }))} />
    </section>
  );
}
