import { ButtonLink } from "#app/ui/button-link.tsx";
import { beginFor } from "#app/shadow/acting.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { TypedValues } from "./typed-values.tsx";

type Side = { account: string; person: string; store: string | null; storeName: string | null };
export type MismatchView = {
  shown: Side & { acting: string | null };
  now: Side;
  values: Record<string, string>;
  sent: { path: string; fields: Record<string, string> };
};

/** A form was shown for one store or person, and another is here now: both by name, what was typed, and the ways on. */
export function MismatchPage({ shown, now, values, sent }: MismatchView) {
  const t = useMessages().accounts.mismatch;
  return (
    <div className="narrow stack">
      <h1>{t.title}</h1>
      <div className="acting-note stack stack--tight" role="alert">
        <p>{useReason({ shown, now })}</p>
        <p>{t.nothing}</p>
      </div>
      {/* To another person's sign-in it goes along; a new session of a store is another one's form. */}
      <TypedValues title={t.typed} hint={shown.account === now.account ? t.notKept : undefined} values={values} />
      <WaysOn shown={shown} now={now} sent={sent} />
    </div>
  );
}

function useReason({ shown, now }: Pick<MismatchView, "shown" | "now">): string {
  const t = useMessages().accounts.mismatch;
  if (shown.account !== now.account) return t.otherPerson(named(shown), named(now));
  if (!shown.store) return t.fromNoStore(named(now));
  if (!now.store) return t.noStore(named(shown));
  return shown.store === now.store ? t.otherSession(named(shown)) : t.otherStore(named(shown), named(now));
}

function WaysOn({ shown, now, sent }: Omit<MismatchView, "values">) {
  const t = useMessages();
  const { goOn, signOut, toCart, toStore } = t.accounts.mismatch;
  if (shown.account !== now.account) {
    return (
      <div className="actions">
        <ButtonLink href="/dashboard">{goOn(now.person)}</ButtonLink>
        <PostForm action="/logout">
          <input type="hidden" name="interrupted" value={JSON.stringify(sent)} />
          <button type="submit" className="button button--quiet">
            {signOut(shown.person)}
          </button>
        </PostForm>
      </div>
    );
  }
  const back =
    shown.store && shown.store !== now.store
      ? { href: beginFor(`/clients/${shown.store}`, sent.path), label: toStore(shown.storeName ?? shown.store) }
      : null;
  const on = now.store
    ? { href: "/cart", label: back ? goOn(now.storeName ?? now.store) : toCart }
    : { href: "/clients", label: t.shadow.clients.title };
  return (
    <p className="actions">
      {back ? <ButtonLink href={back.href}>{back.label}</ButtonLink> : null}
      <a className={back ? "button button--quiet" : "button button--main"} href={on.href}>
        {on.label}
      </a>
    </p>
  );
}

// The store, with its code; whoever is no store by his own name.
const named = ({ account, person, store, storeName }: Side) =>
  store ? `${storeName ?? store} (${store})` : `${person} (${account})`;
