import { BackLink } from "./back-link.tsx";
import { ErrorSummary, type FormError, SubmitButton, Textarea } from "./form.tsx";
import { TierBadge, type Tier } from "./badges.tsx";
import { useMessages } from "./language.tsx";

type Props = {
  store: { code: string; name: string; city: string; tier: Tier; shadowAllowed: boolean; suspended: boolean };
  /** Another store he already works for. */
  actingAs: string | null;
  errors?: FormError[];
  reason?: string;
};

/** Before Shadow Mode begins: what it is, what it leaves behind, and why he wants it. */
export function ActingPage({ store, actingAs, errors = [], reason }: Props) {
  const t = useMessages();
  return (
    <div className="narrow">
      <BackLink href="/clients">{t.clients.title}</BackLink>
      <h1>{t.acting.title(store.name)}</h1>
      <p className="row">
        <TierBadge tier={store.tier} />
        <span className="quiet">{`${store.code} · ${store.city}`}</span>
      </p>
      <ErrorSummary errors={errors} />
      {store.suspended ? (
        <p className="lead">{t.clients.suspended}</p>
      ) : !store.shadowAllowed ? (
        <p className="lead">{t.clients.off}</p>
      ) : actingAs ? (
        <form className="form" method="post" action="/acting/end">
          <h2>{t.acting.otherTitle(actingAs)}</h2>
          <p>{t.acting.otherText}</p>
          <SubmitButton>{t.banners.actingEnd}</SubmitButton>
        </form>
      ) : (
        <>
          <ul className="bullets">
            {t.acting.explain.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <form className="form" method="post" action={`/clients/${store.code}/acting`}>
            <Textarea
              name="reason"
              label={t.acting.reason}
              hint={t.acting.reasonHint}
              error={errors.find(({ field }) => field === "reason")?.message}
              defaultValue={reason}
              maxLength={200}
              rows={2}
            />
            <SubmitButton>{t.acting.submit}</SubmitButton>
          </form>
        </>
      )}
    </div>
  );
}
