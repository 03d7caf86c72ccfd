import { data } from "@remix-run/node";
import type { DatabaseRefusal } from "#app/db/errors.server.ts";
import type { Lang } from "#app/words.ts";
import { type LineProblem, lineProblems, quantityField, shownField } from "#app/carts/cart.ts";
import type { LateForm } from "#app/carts/checkout.ts";
import { formatClock } from "#app/ui/format.ts";
import type { FormError } from "#app/ui/form.tsx";
import type { Interrupted } from "./interrupted.server.ts";
import { refusal } from "./page.server.ts";
import { lineText, told, withFacts } from "./refusal-words.server.ts";
import type { Mismatch } from "./shown-for.server.ts";
import type { Visit } from "./visit.server.ts";

/**
 * A form handed back: what is wrong, by field, and what was typed. `resume`: an interrupted form, to be sent now;
 * `mismatch`: one that is somebody else's; `late`: one whose order went out before.
 */
export type FormReply = {
  errors: FormError[];
  values: Record<string, string>;
  resume?: Interrupted;
  mismatch?: Mismatch;
  late?: LateForm;
};
export type Reply = ReturnType<typeof reply>;

/** A form handed back with a status of its own. */
export const reply = (status: number, values: Record<string, string>, errors: FormError[], late?: LateForm) =>
  data<FormReply>({ errors, values, ...(late ? { late } : {}) }, { status });

/** A form handed back because of too many tries: 429. `wait`: seconds until the next one. */
export function limited(
  visit: Visit,
  wait: number,
  values: Record<string, string>,
  words: (minutes: number, at: string) => string,
): Reply {
  visit.outgoing.retryAfter = wait;
  return reply(429, values, [{ message: words(...waitIn(wait, visit.lang)) }]);
}

/** So many seconds from now: in minutes, and on the clock of the business. */
export function waitIn(seconds: number, lang: Lang): [minutes: number, at: string] {
  return [Math.ceil(seconds / 60), formatClock(new Date(Date.now() + seconds * 1000), lang)];
}

/** Not there 404, denied 403, typed wrongly 400, changed meanwhile 409. */
const statusOf = ({ reason, field }: DatabaseRefusal) =>
  reason === "NOT_FOUND" ? 404 : reason === "DENIED" ? 403 : field ? 400 : 409;

/** What SQL refused, as a form handed back: beside the field at fault where there is one. */
export function replyTo(error: DatabaseRefusal, lang: Lang, values: Record<string, string>): Reply {
  const status = statusOf(error);
  if (status === 404 || status === 403) throw refusal(status, lang, error.reason);
  // What was sent is wrong where all lines are; another tab may have changed the cart where one was good.
  if (error.reason === "CART_LINES") return replyToLines(lineProblems.parse(error.detail).lines, lang, values);
  return reply(status, values, withFacts[error.reason]?.(error, lang) ?? [told(error, lang)]);
}

// Beside each line why it stands in the way. What another tab changed has been told now: the next press is meant.
function replyToLines(lines: LineProblem[], lang: Lang, values: Record<string, string>): Reply {
  const told = lines
    .filter(({ reason }) => reason === "CHANGED")
    .map(({ sku, there }) => [shownField(sku), String(there)] as const);
  const status = lines.every(({ reason }) => reason === "RANGE" || reason === "UNKNOWN") ? 400 : 409;
  return reply(
    status,
    { ...values, ...Object.fromEntries(told) },
    lines.map((line) => ({ field: quantityField(line.sku), message: lineText(line, lang) })),
  );
}
