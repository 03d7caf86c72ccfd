import type { ComponentProps, ReactNode } from "react";
import { Confirm } from "#app/ui/confirm.tsx";
import { ErrorSummary, KeptText } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import type { SuspensionState } from "./suspension.ts";

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

/** What an admin does about an account: its address below the account's, how that has to stand, whether he says why. */
const acts = {
  logout: { at: "logout", when: "ACTIVE", reasoned: true },
  suspension: { at: "suspension", when: "ACTIVE", reasoned: true },
  request: { at: "lift-request", when: "ASK", reasoned: true },
  lift: { at: "lift", when: "LIFT", reasoned: false },
} as const;

type ActProps = Pick<Props, "effects" | "reply" | "children"> & {
  act: keyof typeof acts;
  account: { code: string; name: string };
  state: SuspensionState;
};

/** The question before an act; of one's own account it is not asked. `children`: what else is known. */
export function ConfirmAct({ act, account, state, children, ...rest }: ActProps) {
  const t = useMessages().accounts;
  const { at, when, reasoned } = acts[act];
  return (
    <ConfirmForAccount
      {...rest}
      code={account.code}
      title={t[act].title(account.name)}
      address={`/admin/accounts/${account.code}/${at}`}
      submit={t[act].action}
      field={reasoned ? { name: "reason", label: t.reason, hint: t.reasonHint, maxLength: 200, rows: 2 } : undefined}
      possible={state === when}
    >
      {state === null ? <p className="lead">{t.self}</p> : null}
      {children}
    </ConfirmForAccount>
  );
}
