import type { Outlook } from "#app/reconcile/reconcile.ts";
import { SubmitButton } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

/** An order that still waits for the ERP: how it can be keyed in by hand without ever being there twice. */
export function Keying({
  number,
  outlook,
  held,
  mayDecide,
}: {
  number: string;
  outlook: Outlook;
  held: boolean;
  mayDecide: boolean;
}) {
  const t = useMessages().reconcile.waiting;
  const { keyedBy, keyedUntil, postedAt } = outlook;
  return (
    <section className="card card--padded no-print">
      <h2>{t.title}</h2>
      {held ? (
        <p>{t.held}</p>
      ) : postedAt ? (
        <p className="field__warning">
          {t.posted} <Moment at={postedAt} />
        </p>
      ) : (
        <>
          <p>{t.text}</p>
          <ol className="steps">
            {t.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          {keyedBy && keyedUntil ? (
            <p>
              <strong>{t.takenBy(keyedBy)}</strong> <Moment at={keyedUntil} />
            </p>
          ) : null}
          {mayDecide ? (
            <PostForm
              className="stack stack--tight"
              action={`/admin/reconcile/${number}/${keyedBy ? "queue" : "keying"}`}
            >
              <p>
                <SubmitButton kind="quiet">{keyedBy ? t.giveBack : t.take}</SubmitButton>
              </p>
              <p className="quiet">{t.takeHint}</p>
            </PostForm>
          ) : null}
        </>
      )}
    </section>
  );
}
