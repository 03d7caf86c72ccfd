/** What an admin may do about an account as it stands; null: nothing, he is not to judge himself. */
export type Standing = "ACTIVE" | "ASK" | "LIFT" | "WAIT" | null;

type Subject = { id: string; status: "ACTIVE" | "SUSPENDED" };
type Open = { askedBy: string | null; liftedAt: Date | string | null } | undefined;

/** `latest`: the account's newest suspension. */
export function standingOf(account: Subject, latest: Open, viewer: { id: string; code: string }): Standing {
  if (account.id === viewer.id) return null;
  if (account.status === "ACTIVE" || !latest || latest.liftedAt) return "ACTIVE";
  if (!latest.askedBy) return "ASK";
  return latest.askedBy === viewer.code ? "WAIT" : "LIFT";
}
