import { type ActionFunctionArgs, data } from "@remix-run/node";
import { z } from "zod";
import { DatabaseRefusal, NotFound, SessionEnded } from "#app/db/errors.server.ts";
import { env } from "#app/env.server.ts";
import { errorText, type Lang, messages, ofEveryRoom } from "#app/words.ts";
import { wordFor } from "#app/ui/word.ts";
import { type LineProblem, lineProblems, quantityField, shownField } from "#app/carts/cart.ts";
import type { LateForm } from "#app/carts/checkout.ts";
import { findMe } from "#app/accounts/viewer.server.ts";
import type { FormError } from "#app/ui/form.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { rangeOf } from "#app/settings/shown.ts";
import { safePath } from "./address.ts";
import { endedOf } from "./ended.server.ts";
import { type Audience, isBetweenStores, refusal, turnAway } from "./page.server.ts";
import { askShown, holdToShown, type Mismatch, mismatch } from "./shown-for.server.ts";
import { type Visit, visitOf } from "./visit.server.ts";
import type { Ended } from "#app/accounts/viewer.ts";

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
type Args = Pick<ActionFunctionArgs, "request" | "context">;
type Reply = ReturnType<typeof reply>;

/**
 * Takes a form for its audience: parses it, lets `save` carry it out (ending in a redirect), or hands it back with its
 * mistakes: 400 for what was typed, 409 for what changed meanwhile. The messages of the schema are `codes` of
 * words.id.ts. Nobody signed in, or a login that ended in mid-form: 401 with the form kept for after signing in.
 * Another role: 403, and of what it sent not a byte is read. A form that was shown to somebody else, or as a store for
 * another store, than is here now: 409 before its fields are judged.
 */
export async function submit<Schema extends z.ZodType>(
  args: Args,
  audience: Audience,
  schema: Schema,
  save: (value: z.output<Schema>, visit: Visit) => Promise<Response | Reply>,
): Promise<Reply> {
  const visit = await visitOf(args);
  visit.hasForm = true;
  const guest = audience === "anyone";
  if (!guest) await admitForm(args.request, audience, visit);
  const values = await readForm(args.request);
  if (!guest) holdToShown(visit, args.request, values, audience === "store");
  try {
    if (audience === "store" && isBetweenStores(await visit.me())) return await toNoStore(visit);
    const answer = await carryOut(schema, values, visit, save);
    // On to the next page. Thrown, so that what a page gets back is a form.
    if (answer instanceof Response) throw answer;
    await askShown(visit); // Handed back, it would be a form of whoever is here now.
    return answer;
  } catch (error) {
    if (error instanceof Response) throw error;
    if (error instanceof SessionEnded)
      throw guest ? refusal(401, visit.lang, "SESSION_EXPIRED") : await expired(args.request, values, visit);
    if (!(error instanceof DatabaseRefusal)) throw error;
    if (error.reason === "SHOWN_TO_ANOTHER") throw mismatch(error, visit, sentOf(args.request, values));
    // His hour ended since he was let in.
    if (error.reason === "DENIED" && audience === "store" && isBetweenStores(await visit.read((db) => findMe(db))))
      return await toNoStore(visit);
    return replyTo(error, visit.lang, values);
  }
}

/** A form sent to an address below a page that takes none: 404, to whom the page is for. */
export const nowhere = (args: Args, audience: Audience) =>
  submit(args, audience, z.object({}), () => Promise.reject(new NotFound()));

// Before anything is read of the form. Who is a salesman between two stores hears of that, by what his form was shown
// for.
async function admitForm(request: Request, audience: Audience, visit: Visit) {
  const me = visit.person && (await visit.me());
  if (!me?.account) throw await expired(request, await readForm(request), visit);
  if (audience !== "store" || !isBetweenStores(me)) await turnAway(me, audience, visit);
}

// A salesman whose acting session ended, in another tab or by its hour: that the page is not for him would be wrong,
// and nothing he typed was at fault.
async function toNoStore(visit: Visit): Promise<never> {
  await askShown(visit);
  throw refusal(409, visit.lang, "NO_STORE");
}

async function carryOut<Schema extends z.ZodType>(
  schema: Schema,
  values: Record<string, string>,
  visit: Visit,
  save: (value: z.output<Schema>, visit: Visit) => Promise<Response | Reply>,
): Promise<Response | Reply> {
  const unreadable = Object.keys(values).filter((field) => values[field]!.includes("\0"));
  if (unreadable.length > 0)
    return reply(
      400,
      { ...values, ...Object.fromEntries(unreadable.map((field) => [field, ""])) },
      unreadable.map((field) => ({ field, message: errorText(visit.lang, "BAD_TEXT") })),
    );

  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({
      field: path.join(".") || undefined,
      message: errorText(visit.lang, message),
    }));
    return reply(400, values, errors);
  }
  return save(parsed.data, visit);
}

/** A form handed back with a status of its own. */
export const reply = (status: number, values: Record<string, string>, errors: FormError[], late?: LateForm) =>
  data<FormReply>({ errors, values, ...(late ? { late } : {}) }, { status });

/** A form handed back because of too many tries: 429. `wait`: seconds until the next one. */
export function limited(visit: Visit, wait: number, values: Record<string, string>, message: string): Reply {
  visit.outgoing.retryAfter = wait;
  return reply(429, values, [{ message }]);
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

// By the name of its reason. One that only a page of its own has words for (staff's) was meant for that page:
// elsewhere it says that something changed.
function told({ reason, field }: DatabaseRefusal, lang: Lang): FormError {
  const t = messages(lang);
  const message = wordFor(ofEveryRoom(t, "codes"), reason) ?? t.http.codes.STALE;
  return field ? { field, message } : { message };
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

type Told = (refused: DatabaseRefusal, lang: Lang) => FormError[];
const shortLines = z.object({
  lines: z.array(z.object({ sku: z.string(), name: z.string(), asked: z.number(), left: z.number() })),
});

/** Refusals that say more than the sentence of their name: facts in it, a line or a page beside it. */
export const withFacts: Record<string, Told> = {
  WITHDRAWN: (refused, lang) => [
    told(refused, lang),
    ...lineProblems.parse(refused.detail).lines.map((line) => ({
      field: `line-${line.sku}`,
      message: lineText(line, lang),
    })),
  ],
  STOCK_SHORT: (refused, lang) => {
    const { stockShort, stockShortLine } = messages(lang).carts;
    const lines = shortLines.parse(refused.detail).lines.map(({ sku, name, asked, left }) => ({
      field: `line-${sku}`,
      message: `${stockShortLine(name, asked, left)} ${stockShort(left)}`,
    }));
    return [told(refused, lang), ...lines];
  },
  CREDIT_FIRST: (refused, lang) => [
    { ...told(refused, lang), href: `/admin/approvals/${String(refused.detail.number)}` },
  ],
  HELD_BY_LOGIN: ({ detail }, lang) => [{ message: messages(lang).http.heldByLogin(String(detail.logins)) }],
  // What the store allows its salesmen a month, and that this order is above what is left of it.
  CAP_REACHED: ({ detail }, lang) => {
    const amount = (name: string) => formatRupiah(Number(detail[name]));
    const { reached } = messages(lang).shadow.allowance;
    return [{ message: reached(amount("cap"), amount("used"), amount("left"), amount("total")) }];
  },
  // A number that does not fit is told what would.
  OUT_OF_RANGE: (refused, lang) => {
    const { kind, minimum, maximum, step } = refused.detail;
    if (kind !== "number") return [told(refused, lang)];
    const range = { minimum: Number(minimum), maximum: Number(maximum), step: Number(step) };
    return [{ field: refused.field, message: rangeOf(messages(lang).settings, range) }];
  },
};

/** Why a line was not saved, to its reader. */
export function lineText({ reason, name, sku, there }: LineProblem, lang: Lang): string {
  const { changed, goneMeanwhile, tooMany, unpriced, withdrawn } = messages(lang).carts.refused;
  switch (reason) {
    case "CHANGED":
      return there > 0 ? changed(there) : goneMeanwhile(name ?? sku);
    case "WITHDRAWN":
      return withdrawn(name ?? sku);
    case "UNPRICED":
      return unpriced(name ?? sku);
    case "RANGE":
      return tooMany(there);
    case "UNKNOWN":
      return errorText(lang, "UNKNOWN_SKU");
  }
}

/** Every text field of a form, the first of each name. Files and forms of another kind are no forms of ours: 400. */
export async function readForm(request: Request): Promise<Record<string, string>> {
  const values: Record<string, string> = Object.create(null); // A field may be called anything, "constructor" too.
  if (!request.headers.has("content-type")) return values; // A form without fields, sent by a script.
  try {
    for (const [name, value] of await request.formData()) {
      if (typeof value === "string") values[name] ??= value;
    }
  } catch {
    throw new Response(null, { status: 400 });
  }
  return values;
}

/** What a person typed when his login had ended, kept so that it can be sent after signing in. */
export type Interrupted = { path: string; fields: Record<string, string> };
const interrupted = z.object({ path: z.string(), fields: z.record(z.string(), z.unknown()) });
/** Why, and whom to call. */
export type Expired = { interrupted: Interrupted; ended: Ended; hq: string };
const sentOf = (request: Request, fields: Record<string, string>): Interrupted => ({
  path: new URL(request.url).pathname,
  fields,
});
const expired = async (request: Request, values: Record<string, string>, visit: Visit) =>
  data<Expired>(
    {
      interrupted: sentOf(request, values),
      ended: endedOf(request, visit.person && (await visit.me())) ?? "EXPIRED",
      hq: env.HQ_WHATSAPP,
    },
    { status: 401 },
  );

/** The interrupted form that came back with a sign-in; null unless it leads to a path of ours. */
export function readInterrupted(value: string | undefined): Interrupted | null {
  try {
    const { path, fields } = interrupted.parse(JSON.parse(value ?? "null"));
    const safe = safePath(path, "");
    const texts = Object.entries(fields).filter(
      (field): field is [string, string] => /^[\w-]{1,60}$/.test(field[0]) && typeof field[1] === "string",
    );
    return safe && !/^\/(login|logout)/.test(safe) ? { path: safe, fields: Object.fromEntries(texts) } : null;
  } catch {
    return null;
  }
}
