import type { Store } from "#app/shadow/store.server.ts";
import { actingReasons, beginFor } from "#app/shadow/acting.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { Select } from "#app/ui/fields.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

/** `acting`: the session that he works in, and its store; beginning here ends it with the same press. */
type Props = { store: Store; acting: { id: string; code: string } | null; next: string | null };

/** The way into Shadow Mode for one of his stores, or what keeps him from it. */
export function Begin({ store: { code, name, shadowAllowed, suspended }, acting, next }: Props) {
  const t = useMessages();
  if (suspended) return <span className="quiet">{t.shadow.clients.suspended}</span>;
  if (!shadowAllowed) return <span className="quiet">{t.shadow.clients.off}</span>;
  if (acting?.code === code)
    return (
      <span className="stack stack--tight">
        <strong>{t.shadow.clients.now}</strong>
        <ButtonLink kind="small" href="/products">
          {t.ui.dashboard.shop}
        </ButtonLink>
      </span>
    );
  if (acting) return <Switch code={code} name={name} end={acting.id} next={next} />;
  return (
    <ButtonLink
      kind="small"
      href={next ? beginFor(`/clients/${code}`, next) : `/clients/${code}`}
      aria-label={`${t.shadow.clients.begin}: ${name}`}
    >
      {t.shadow.clients.begin}
    </ButtonLink>
  );
}

function Switch({ code, name, end, next }: { code: string; name: string; end: string; next: string | null }) {
  const { clients: t, acting } = useMessages().shadow;
  return (
    <PostForm className="switch" action={`/clients/${code}/acting`}>
      <Select
        name="why"
        id={`why-${code}`}
        label={t.why(name)}
        hiddenLabel
        options={[
          { value: "", label: t.choose },
          ...actingReasons.map((value) => ({ value, label: acting.reasons[value] })),
        ]}
      />
      <input type="hidden" name="end" value={end} />
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <SubmitButton kind="small" label={`${t.switch}: ${name}`}>
        {t.switch}
      </SubmitButton>
    </PostForm>
  );
}
