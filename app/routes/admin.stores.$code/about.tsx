import type { SerializeFrom } from "@remix-run/node";
import type { Store } from "#app/stores/store.server.ts";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";

/** Where it lies, whom its orders go to, what kind of shop it is. */
export function About({ store }: { store: SerializeFrom<Store> }) {
  const { stores, accounts } = useMessages();
  const t = stores.about;
  return (
    <section className="card card--padded" id="tentang">
      <h2>{t.title}</h2>
      <Facts
        facts={[
          { label: t.city, value: store.city || "–" },
          { label: t.region, value: store.region ?? t.noRegion },
          { label: t.subDistributor, value: <SubDistributor store={store} /> },
          { label: t.tier, value: accounts.tiers[store.tier] },
          { label: t.kind, value: `${t.kinds[store.salonType]}, ${t.chairs(store.chairs)}` },
          ...(store.specialisation ? [{ label: t.known, value: store.specialisation }] : []),
          { label: t.since, value: <Moment at={store.since} /> },
        ]}
      />
    </section>
  );
}

function SubDistributor({ store }: { store: Pick<Store, "region" | "subDistributor" | "subDistributorWhatsapp"> }) {
  const t = useMessages().stores.about;
  if (!store.subDistributor) return store.region ? t.noSubDistributor : "–";
  return (
    <>
      {store.subDistributor}
      <span className="sub quiet figures">+{store.subDistributorWhatsapp}</span>
    </>
  );
}
