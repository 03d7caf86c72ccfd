import type { ActionFunctionArgs } from "@remix-run/node";
import { isKey } from "#app/db/posted.server.ts";
import { writeAs } from "#app/db/transaction.server.ts";
import { env } from "#app/env.server.ts";
import { answering } from "#app/http/api.server.ts";
import { isBearer } from "#app/http/bearer.ts";
import { problem } from "#app/http/problem.server.ts";
import { readSent } from "#app/http/read-sent.server.ts";
import { wrongFields } from "#app/http/wrong-fields.ts";
import { honeypot, leadForm } from "#app/leads/lead.ts";
import { tryLead } from "#app/leads/lead.server.ts";
import { takeLead } from "#app/leads/take.server.ts";
import { defaultLang, parseLang } from "#app/words.ts";

/** Takes leads only. */
export const loader = () => problem("post-only");

/**
 * Somebody wants to become a partner, as JSON or as a form. 202 whenever it is taken, always alike: new, known already,
 * or a program's. What went wrong is a problem document. Whoever looks from outside with our secret only tries: nothing
 * is stored, and nobody is mailed.
 */
export function action(args: ActionFunctionArgs): Promise<Response> {
  return args.request.method === "POST" ? answering(args, () => take(args)) : Promise.resolve(loader());
}

async function take({ request, context }: ActionFunctionArgs): Promise<Response> {
  const sent = await readSent(request, true);
  if (sent instanceof Response) return sent;
  if (typeof sent[honeypot] === "string" && sent[honeypot].trim()) return accepted();
  const lang = parseLang(sent.lang) ?? defaultLang;
  const parsed = leadForm.safeParse(sent);
  if (!parsed.success) return problem("invalid-lead", { errors: wrongFields(parsed.error, lang) });
  const key = request.headers.get("idempotency-key");
  if (key !== null && !isKey(key)) return problem("invalid-idempotency-key");
  const { ip, userAgent, requestId } = context;
  if (env.UPTIME_SECRET && isBearer(request.headers.get("authorization"), env.UPTIME_SECRET)) {
    await writeAs(null, { ip, userAgent, requestId }, (db) => tryLead(db, parsed.data, lang));
    return accepted();
  }
  const taken = await takeLead(parsed.data, { key, lang, origin: { ip, userAgent, requestId } });
  switch (taken.kind) {
    case "wait":
      return problem("rate-limited", {}, { "retry-after": String(taken.seconds) });
    case "lost":
      return problem("lead-not-taken", { contact: `https://wa.me/${env.HQ_WHATSAPP}` });
    case "running":
      return problem("idempotency-key-running");
    case "other":
      return problem("idempotency-key-reused");
    case "taken":
      return accepted();
  }
}

const accepted = () => Response.json({ status: "accepted" }, { status: 202, headers: { "cache-control": "no-store" } });
