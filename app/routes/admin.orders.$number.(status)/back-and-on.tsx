import { BackLink } from "#app/ui/back-link.tsx";
import { Icon } from "#app/ui/icons.tsx";
import { useMessages } from "#app/ui/language.tsx";

/** The ways out of an order: back to the list that one came from, and on to the next one of it, if there is one. */
export function BackAndOn({ next }: { next: string | null }) {
  const t = useMessages().orders.list;
  return (
    <div className="back-and-on">
      <BackLink href="/admin/orders">{t.back}</BackLink>
      {next ? (
        <p className="back-line">
          <a className="back back--on" href={next}>
            {t.next}
            <Icon name="chevron" />
          </a>
        </p>
      ) : null}
    </div>
  );
}
