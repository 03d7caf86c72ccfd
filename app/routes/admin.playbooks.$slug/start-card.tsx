import type { SerializeFrom } from "@remix-run/node";
import type { FormReply } from "#app/http/reply.server.ts";
import { useCause } from "#app/incidents/cause.tsx";
import { Severity } from "#app/incidents/severity.tsx";
import type { Offer } from "#app/playbooks/playbook.server.ts";
import { runPlace, type Slug } from "#app/playbooks/playbook.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { Ref, RefLink } from "#app/ui/ref-link.tsx";

type Props = { slug: Slug; offers: Array<SerializeFrom<Offer>>; mayAct: boolean; reply?: FormReply };

/** The open incidents that this playbook is for, each with the way into it; any other by its number. */
export function StartCard({ slug, offers, mayAct, reply }: Props) {
  const { start: t } = useMessages().playbooks;
  return (
    <section className="card card--padded stack" aria-labelledby="jalankan">
      <h2 id="jalankan">{t.title}</h2>
      <ErrorSummary errors={reply?.errors ?? []} />
      {offers.length === 0 ? (
        <p>
          {t.none} <a href="/lapor">{t.report}</a>
        </p>
      ) : (
        <ul className="stack">
          {offers.map((offer) => (
            <Offered key={offer.ref} slug={slug} offer={offer} mayAct={mayAct} />
          ))}
        </ul>
      )}
      {mayAct ? (
        <PostForm className="form" action={`/admin/playbooks/${slug}`}>
          <TextField
            {...kept(reply, "incident")}
            label={t.other}
            hint={t.otherHint}
            maxLength={20}
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="characters"
          />
          <p>
            <SubmitButton kind="quiet">{t.otherGo}</SubmitButton>
          </p>
        </PostForm>
      ) : (
        <p className="quiet">{t.adminOnly}</p>
      )}
    </section>
  );
}

function Offered({ slug, offer, mayAct }: { slug: Slug; offer: Props["offers"][number]; mayAct: boolean }) {
  const { start: t } = useMessages().playbooks;
  const causeOf = useCause();
  const { ref, cause, severity, subject, openedAt, run } = offer;
  return (
    <li className="stack stack--tight">
      <p className="row">
        <Severity level={severity} /> <RefLink href={`/admin/incidents/${ref}`}>{ref}</RefLink>
      </p>
      <p>
        {causeOf(cause)}
        {subject ? (
          <>
            {" · "}
            <Ref code={subject} />
          </>
        ) : null}
      </p>
      <p className="quiet">
        <Moment at={openedAt} ago />
      </p>
      {run !== null ? (
        <p>
          <ButtonLink href={runPlace(slug, run)}>{t.goOn(ref)}</ButtonLink>
        </p>
      ) : mayAct ? (
        <PostForm action={`/admin/playbooks/${slug}`}>
          <input type="hidden" name="incident" value={ref} />
          <SubmitButton>{t.go(ref)}</SubmitButton>
        </PostForm>
      ) : null}
    </li>
  );
}
