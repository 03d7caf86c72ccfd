import { TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept, type Reply } from "#app/ui/kept.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

/** To be told by mail, or by a program that reads feeds. */
export function Subscribe({ reply, asked }: { reply: Reply | undefined; asked: boolean }) {
  const t = useMessages().status.subscribe;
  return (
    <section className="card card--padded" id="kabar">
      <h2>{t.title}</h2>
      {asked && !reply ? (
        <p role="status">{t.asked}</p>
      ) : (
        <>
          <p className="quiet">{t.lead}</p>
          <PostForm action="/status#kabar" className="form">
            <ErrorSummary errors={reply?.errors ?? []} />
            <TextField type="email" {...kept(reply, "email")} label={t.email} autoComplete="email" maxLength={200} />
            <SubmitButton kind="quiet">{t.submit}</SubmitButton>
          </PostForm>
        </>
      )}
      <p>
        <a href={`/status.atom?lang=${useLang()}`}>{t.feed}</a>
      </p>
    </section>
  );
}
