import { SubmitButton } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import type { LinkState } from "./status.server.ts";

type Props = { what: "confirm" | "leave"; action: string; state: LinkState };

/** What a link out of a mail of the status page opens: a button, or what it has done. */
export function LinkPage({ what, action, state }: Props) {
  const t = useMessages().status.links;
  const asks = what === "confirm" ? state === "WAITING" : state === "CONFIRMED" || state === "WAITING";
  const [heading, text] = asks
    ? what === "confirm"
      ? [t.confirmTitle, t.confirmLead]
      : [t.leaveTitle, t.leaveLead]
    : state === "CONFIRMED"
      ? [t.confirmedTitle, t.confirmedText]
      : state === "GONE"
        ? [t.goneTitle, t.goneText]
        : [t.forgedTitle, t.forgedText];
  return (
    <div className="narrow">
      <h1>{heading}</h1>
      <p className="lead">{text}</p>
      {asks ? (
        <PostForm action={action}>
          <SubmitButton>{what === "confirm" ? t.confirm : t.leave}</SubmitButton>
        </PostForm>
      ) : null}
      <p>
        <a href="/status">{t.back}</a>
      </p>
    </div>
  );
}
