/** What an admin may do about an account as it is; null: nothing, he is not to judge himself. */
export type SuspensionState = "ACTIVE" | "ASK" | "LIFT" | "WAIT" | null;

type Subject = {
  account: { id: string; code: string; name: string; status: "ACTIVE" | "SUSPENDED" };
  /** Its suspension, while that lasts. */
  open: { askedBy: string | null } | null;
};
/** The suspension that lasts, of all of an account, newest first. */
export const openOf = <S extends { liftedAt: Date | string | null }>([latest]: S[]): S | null =>
  latest && !latest.liftedAt ? latest : null;

type Admin = { id: string; code: string };

export function suspensionState({ account, open }: Subject, admin: Admin): SuspensionState {
  if (account.id === admin.id) return null;
  if (account.status === "ACTIVE" || !open) return "ACTIVE";
  if (!open.askedBy) return "ASK";
  return open.askedBy === admin.code ? "WAIT" : "LIFT";
}

/** What a page shows of the account that it does something about, and whether that can be done. */
export const shownOf = (subject: Subject, admin: Admin) => ({
  account: { code: subject.account.code, name: subject.account.name },
  state: suspensionState(subject, admin),
});
