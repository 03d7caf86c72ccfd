import type { LateForm } from "./checkout.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";

type Props = {
  order: Pick<LateForm, "number" | "at"> & Partial<LateForm>;
  /** Something lies in the cart again: that is another order. */ refilled?: boolean;
};

/**
 * What a cart went out as, instead of saying that there is nothing; for a form that came later also which of its words
 * did not.
 */
export function JustOrdered({ order: { number, at, note, typed = null, whatsapp }, refilled = false }: Props) {
  const t = useMessages();
  const words = t.carts.checkout.late;
  return (
    <section className="card card--padded stack stack--tight">
      <h2>{words.title(number)}</h2>
      <p>
        {words.at} <Moment at={at} ago />. {refilled ? words.refilled : words.nothingLeft}
      </p>
      {typed === null ? null : (
        <Facts
          facts={[
            { label: words.itsNote, value: <span className="break">{note || words.noNote}</span> },
            { label: words.typedNote, value: <span className="break">{typed || words.noNote}</span> },
          ]}
        />
      )}
      <p className="actions">
        <a className={`button button--${refilled ? "quiet" : "main"}`} href={`/orders/${number}`}>
          {words.open}
        </a>
        {whatsapp ? (
          <ButtonLink kind="quiet" href={whatsapp} target="_blank" rel="noopener noreferrer">
            {words.sendNote}
          </ButtonLink>
        ) : null}
        {refilled ? null : (
          <ButtonLink kind="link" href="/products">
            {t.carts.emptyAction}
          </ButtonLink>
        )}
      </p>
    </section>
  );
}
