import type { ComponentProps, ReactNode } from "react";
import { Confirm } from "#app/ui/confirm.tsx";
import { ErrorSummary, KeptText } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";

type Props = Omit<ComponentProps<typeof Confirm>, "back" | "obstacle" | "hidden" | "children"> & {
  /** The account that it is about. */
  code: string;
  /** What will happen, one sentence each. */
  effects: string[];
  /** False: it cannot be done as things stand; `children` may say why. */
  possible?: boolean;
  children?: ReactNode;
};

/** The question before something is done to an account. */
export function ConfirmForAccount({ code, effects, possible = true, children, ...question }: Props) {
  const t = useMessages().accounts;
  const { field, reply } = question;
  return (
    <Confirm
      {...question}
      back={{ href: `/admin/accounts/${code}`, label: t.backToAccount }}
      obstacle={
        possible ? undefined : (
          <>
            <ErrorSummary errors={reply?.errors ?? []} />
            <KeptText text={field && reply?.values[field.name]} />
            <p className="quiet">{t.notNow}</p>
          </>
        )
      }
    >
      {possible ? (
        <ul className="bullets">
          {effects.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : null}
      {children}
    </Confirm>
  );
}
