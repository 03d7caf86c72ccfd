import { actingReasons } from "./acting.ts";
import { type Elsewhere, ElsewhereNote } from "./acting-elsewhere.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { Chips } from "#app/ui/chips.tsx";
import { TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import type { Tier } from "#app/accounts/viewer.ts";
import { TierBadge } from "#app/ui/badges.tsx";
import { kept, type Reply } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = {
  store: { code: string; name: string; city: string; tier: Tier; shadowAllowed: boolean; suspended: boolean };
  /** What he works as already, here or in another browser: ended by the same press that begins this one. */
  acting: { id: string; store: string } | null;
  elsewhere: Elsewhere | null;
  /** For which page he needs a store. */
  next?: string | null;
  reply?: Reply;
};

/** Before Shadow Mode begins: what it is, what it leaves behind, and why he wants it. */
export function ActingPage({ store, acting, elsewhere, next, reply }: Props) {
  const t = useMessages();
  const open = acting ?? elsewhere;
  return (
    <div className="narrow">
      <BackLink href="/clients">{t.shadow.clients.title}</BackLink>
      <h1>{t.shadow.acting.title(store.name)}</h1>
      <p className="row">
        <TierBadge tier={store.tier} />
        <span className="quiet">{`${store.code} · ${store.city}`}</span>
      </p>
      <ErrorSummary errors={reply?.errors ?? []} />
      {store.suspended ? (
        <p className="lead">{t.shadow.clients.suspended}</p>
      ) : !store.shadowAllowed ? (
        <p className="lead">{t.shadow.clients.off}</p>
      ) : (
        <>
          {elsewhere ? <ElsewhereNote elsewhere={elsewhere} /> : null}
          {acting ? (
            <section className="acting-note stack stack--tight">
              <h2>{t.shadow.acting.otherTitle(acting.store)}</h2>
              <p>{t.shadow.acting.otherText}</p>
            </section>
          ) : null}
          <ul className="bullets">
            {t.shadow.acting.explain.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <PostForm className="form" action={`/clients/${store.code}/acting`}>
            <Chips
              {...kept(reply, "why")}
              label={t.shadow.acting.reason}
              hint={t.shadow.acting.reasonHint}
              options={actingReasons.map((value) => ({ value, label: t.shadow.acting.reasons[value] }))}
            />
            <TextField {...kept(reply, "reason")} label={t.shadow.acting.note} maxLength={160} autoComplete="off" />
            {next ? <input type="hidden" name="next" value={next} /> : null}
            {open ? <input type="hidden" name="end" value={open.id} /> : null}
            <SubmitButton>{open ? t.shadow.acting.endAndBegin(open.store) : t.shadow.acting.submit}</SubmitButton>
          </PostForm>
        </>
      )}
    </div>
  );
}
