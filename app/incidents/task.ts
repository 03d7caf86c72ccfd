import { z } from "zod";
import { cursor, readFilter } from "#app/ui/list.ts";

export const taskKinds = [
  "PHONE_OWNER",
  "RESOLVE_DISPUTE",
  "REVIEW_SALESMAN",
  "STOP_ORDER_IN_ERP",
  "CORRECT_IN_ERP",
  "SIGN_REVIEW",
  "ERP_CHECKPOINT",
  "TELL_STORE",
  "POST_MORTEM",
  "POST_MORTEM_ACTION",
  "ANSWER_LEAD",
  "OPEN_ACCOUNT",
  "ERASE_LEADS",
  "PLAYBOOK_DRILL",
  "ANSWER_PRIVACY",
  "NOTIFY_BREACH",
] as const;
export type TaskKind = (typeof taskKinds)[number];
export const taskDecisions = ["NO_ABUSE", "WATCH", "ABUSE"] as const;
export type TaskDecision = (typeof taskDecisions)[number];

/** Tasks that are done by saying so; the others are done by their work, on pages of their own. */
export const closedByHand: readonly TaskKind[] = [
  "PHONE_OWNER",
  "REVIEW_SALESMAN",
  "STOP_ORDER_IN_ERP",
  "CORRECT_IN_ERP",
  "TELL_STORE",
  "OPEN_ACCOUNT",
];

export const taskFilter = z.object({
  state: z.literal("done").nullable().catch(null),
  kind: z.enum(taskKinds).nullable().catch(null),
  after: cursor,
});
export type TaskFilter = z.output<typeof taskFilter>;

/** What the list may be asked for; anything else in the address is ignored. */
export const readTaskFilter = (params: URLSearchParams): TaskFilter => readFilter(taskFilter, params);

/** Whether a decision is needed is known to the task: the command says so. */
export const closeTaskForm = z.object({
  note: z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(300, "TOO_LONG"),
  decision: z.preprocess((value) => value || undefined, z.enum(taskDecisions, "DECISION").optional()),
});
export type ClosingWord = z.output<typeof closeTaskForm>;

/** The page on which a task's work is done, or what it is about is seen. */
export function taskPlace({
  kind,
  order,
  subject,
}: {
  kind: TaskKind;
  order: string | null;
  subject: string | null;
}): string | null {
  if (kind === "ERP_CHECKPOINT") return subject ? `/admin/erp/checkpoints?week=${subject}` : "/admin/erp/checkpoints";
  if (kind === "POST_MORTEM" || kind === "POST_MORTEM_ACTION")
    return subject ? `/admin/incidents/${subject}/post-mortem` : null;
  if (kind === "ANSWER_LEAD" || kind === "OPEN_ACCOUNT") return subject ? `/admin/leads/${subject}` : null;
  if (kind === "ANSWER_PRIVACY") return subject ? `/admin/privacy/${subject}` : null;
  if (kind === "NOTIFY_BREACH") return subject ? `/admin/incidents/${subject}/breach` : null;
  if (kind === "ERASE_LEADS") return subject ? `/admin/leads/erasures/${subject}` : null;
  if (kind === "PLAYBOOK_DRILL") return subject ? `/admin/playbooks/${subject}` : "/admin/playbooks";
  const path = {
    PHONE_OWNER: "alerts",
    RESOLVE_DISPUTE: "disputes",
    REVIEW_SALESMAN: "cases",
    STOP_ORDER_IN_ERP: "orders",
    CORRECT_IN_ERP: "orders",
    SIGN_REVIEW: "reviews",
    TELL_STORE: "orders",
  }[kind];
  const key = kind === "REVIEW_SALESMAN" || kind === "SIGN_REVIEW" ? subject : order;
  return key ? `/admin/${path}/${key}${kind === "TELL_STORE" ? "#beri-tahu" : ""}` : null;
}

const change = z.object({ from: z.number(), to: z.number() });
const correction = z.object({
  lines: z
    .array(z.object({ sku: z.string(), name: z.string(), pieces: change.optional(), price: change.optional() }))
    .catch([]),
  total: change.optional().catch(undefined),
  credit: z.string().optional().catch(undefined),
});
/**
 * What has to be changed in the ERP's document, `from` as it is there. `credit`: why the ERP refuses it; empty when it
 * gave no reason.
 */
export type Correction = z.output<typeof correction>;

/** What a task to correct a document in the ERP asks for. */
export const readCorrection = (detail: Record<string, unknown>): Correction => correction.parse(detail);
