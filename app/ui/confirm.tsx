import type { ReactNode } from "react";
import { BackLink } from "./back-link.tsx";
import { Textarea } from "./fields.tsx";
import { ErrorSummary, SubmitButton } from "./form.tsx";
import { kept, type Reply } from "./kept.ts";
import { PostForm } from "./post-form.tsx";

type Props = {
  back: { href: string; label: string };
  title: string;
  /** Where the form goes, and what it sends along unseen. */
  address: string;
  hidden?: Record<string, string | number>;
  /** The text that has to be given; none where one was given before. */
  field?: { name: string; label: string; hint: string; maxLength: number; rows?: number };
  submit: string;
  /** The other outcome, as a button of its own beside it: the name and value that it sends, and those of the first. */
  other?: { name: string; value: string; label: string; first: string };
  /** In the form's place: why it cannot be done as things stand. */
  obstacle?: ReactNode;
  reply?: Reply;
  /** What will happen. */
  children: ReactNode;
};

/** What cannot be undone by a click is asked on a page of its own, which names what follows. */
export function Confirm({ back, title, address, hidden = {}, field, submit, other, obstacle, reply, children }: Props) {
  return (
    <div className="narrow">
      <BackLink href={back.href}>{back.label}</BackLink>
      <h1>{title}</h1>
      {children}
      {obstacle ?? (
        <PostForm className="form" action={address}>
          <ErrorSummary errors={reply?.errors ?? []} />
          {Object.entries(hidden).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {field ? <Textarea {...field} {...kept(reply, field.name)} /> : null}
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
      )}
    </div>
  );
}
