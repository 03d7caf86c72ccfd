import { accountSuspended, liftRequested, salesmanFlagged, suspensionLifted } from "./suspension-mails.tsx";
import { passwordChanged } from "./account-mails.tsx";
import { auditBroken, auditHead, loginChanged } from "./audit-mails.tsx";
import { disputeRaised, disputeReceived, disputeResolved } from "./dispute-mails.tsx";
import { erpDown, stockDrift } from "./erp-mails.tsx";
import type { Lang } from "./format.ts";
import { leadReceived, leadsErased } from "./lead-mails.tsx";
import type { Mail } from "./layout.tsx";
import { orderChanged, orderReceived } from "./order-mails.tsx";
import { orderReconciled } from "./reconcile-mails.tsx";
import { maintenanceTold, statusConfirm, statusUpdate } from "./status-mails.tsx";
import { privacyAnswered, privacyAsked, privacyLifted } from "./privacy-mails.tsx";
import { reportAnswered } from "./report-mails.tsx";
import { reviewOverdue, reviewReady } from "./review-mails.tsx";

type Fact = string | number;
type Facts = Record<string, Fact | Array<Record<string, Fact>>>;
type MailKind<P extends Facts> = ((lang: Lang, props: P, asOf: Date) => Promise<Mail>) & { example: P };

const mails: Record<string, (lang: Lang, facts: Record<string, unknown>, asOf: Date) => Promise<Mail>> = {
  DISPUTE_RAISED: fitted(disputeRaised),
  DISPUTE_RECEIVED: fitted(disputeReceived),
  DISPUTE_RESOLVED: fitted(disputeResolved),
  SALESMAN_FLAGGED: fitted(salesmanFlagged),
  ACCOUNT_SUSPENDED: fitted(accountSuspended),
  PASSWORD_CHANGED: fitted(passwordChanged),
  LIFT_REQUESTED: fitted(liftRequested),
  SUSPENSION_LIFTED: fitted(suspensionLifted),
  REPORT_ANSWERED: fitted(reportAnswered),
  REVIEW_READY: fitted(reviewReady),
  REVIEW_OVERDUE: fitted(reviewOverdue),
  AUDIT_HEAD: fitted(auditHead),
  AUDIT_BROKEN: fitted(auditBroken),
  ORDER_RECEIVED: fitted(orderReceived),
  ORDER_CHANGED: fitted(orderChanged),
  LOGIN_CHANGED: fitted(loginChanged),
  ORDER_RECONCILED: fitted(orderReconciled),
  ERP_DOWN: fitted(erpDown),
  STOCK_DRIFT: fitted(stockDrift),
  LEAD_RECEIVED: fitted(leadReceived),
  LEADS_ERASED: fitted(leadsErased),
  PRIVACY_ASKED: fitted(privacyAsked),
  PRIVACY_ANSWERED: fitted(privacyAnswered),
  PRIVACY_LIFTED: fitted(privacyLifted),
  STATUS_CONFIRM: fitted(statusConfirm),
  STATUS_UPDATE: fitted(statusUpdate),
  MAINTENANCE: fitted(maintenanceTold),
};

export const mailKinds: readonly string[] = Object.keys(mails);

/** Writes the mail of a kind, about what was so at `asOf`. @throws Error for a kind that has none. */
export function writeMail(kind: string, lang: Lang, facts: Record<string, unknown>, asOf = new Date()): Promise<Mail> {
  const write = Object.hasOwn(mails, kind) ? mails[kind] : undefined;
  if (!write) throw new Error(`there is no mail of the kind ${kind}`);
  return write(lang, facts, asOf);
}

/**
 * Takes from the facts what the mail's example names, in its types. What is missing stays empty: half a mail is
 * better than none.
 */
function fitted<P extends Facts>(kind: MailKind<P>) {
  return (lang: Lang, facts: Record<string, unknown>, asOf: Date) => kind(lang, fit(kind.example, facts) as P, asOf);
}

const fit = (example: Facts, facts: Record<string, unknown>): Facts =>
  Object.fromEntries(
    Object.entries(example).map(([name, one]) => [
      name,
      Array.isArray(one) ? fitRows(one, facts[name]) : fitOne(one, facts[name]),
    ]),
  );

function fitOne(example: Fact, value: unknown): Fact {
  if (typeof example === "number") return Number.isFinite(Number(value)) ? Number(value) : 0;
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** Lines, each like the example's first. */
const fitRows = ([example = {}]: Array<Record<string, Fact>>, value: unknown) =>
  (Array.isArray(value) ? value : []).map(
    (row: unknown) => fit(example, typeof row === "object" ? { ...row } : {}) as Record<string, Fact>,
  );
