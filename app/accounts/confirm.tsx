import type { ReactNode } from "react";
import { BackLink } from "#app/ui/back-link.tsx";
import { ErrorSummary, type FormError, KeptText, SubmitButton, Textarea } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = {
  /** The account that the way back leads to. */
  code: string;
  title: string;
  /** What will happen, one sentence each. */
  effects: string[];
  /** Where the form goes. */
  address: string;
  submit: string;
  /** The other outcome, as a button of its own beside it: the name and value that it sends, and those of the first. */
  other?: { name: string; value: string; label: string; first: string };
  /** The text that has to be given; none where one was given before. */
  field?: { name: "reason" | "note"; label: string; hint: string; maxLength: number };
  /** False: it cannot be done as things stand; `children` may say why. */
  possible?: boolean;
  reply?: { errors: FormError[]; values: Record<string, string> };
  children?: ReactNode;
};

/** What cannot be undone by a click is asked on a page of its own, which names what follows. */
export function Confirm({
  code,
  title,
  effects,
  address,
  submit,
  other,
  field,
  possible = true,
  reply,
  children,
}: Props) {
  const t = useMessages().accounts;
  return (
    <div className="narrow">
      <BackLink href={`/admin/accounts/${code}`}>{t.backToAccount}</BackLink>
      <h1>{title}</h1>
      {possible ? (
        <ul className="bullets">
          {effects.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : null}
      {children}
      {possible ? (
        <PostForm className="form" action={address}>
          <ErrorSummary errors={reply?.errors ?? []} />
          {field ? (
            <Textarea
              name={field.name}
              label={field.label}
              hint={field.hint}
              maxLength={field.maxLength}
              rows={2}
              defaultValue={reply?.values[field.name]}
              error={reply?.errors.find((error) => error.field === field.name)?.message}
            />
          ) : null}
          {other ? (
            <p className="actions">
              <button type="submit" name={other.name} value={other.first} className="button button--main">
                {submit}
              </button>
              <button type="submit" name={other.name} value={other.value} className="button button--quiet">
                {other.label}
              </button>
            </p>
          ) : (
            <SubmitButton>{submit}</SubmitButton>
          )}
        </PostForm>
      ) : (
        <>
          <ErrorSummary errors={reply?.errors ?? []} />
          <KeptText text={field && reply?.values[field.name]} />
          <p className="quiet">{t.notNow}</p>
        </>
      )}
    </div>
  );
}
