import type { ActionFunctionArgs } from "@remix-run/node";
import { env } from "#app/env.server.ts";
import { problem } from "#app/http/problem.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { honeypot, largestLead, leadForm } from "#app/leads/lead.ts";
import { takeLead } from "#app/leads/take.server.ts";
import { defaultLang, errorText, parseLang } from "#app/words.ts";

/** Takes leads only. */
export const loader = () => problem("post-only", {}, { allow: "POST" });

/**
 * Somebody wants to become a partner, as JSON or as a form. 202 whenever it is taken, always alike: new, known already,
 * or a program's. What went wrong is a problem document.
 */
export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  if (request.method !== "POST") return loader();
  const sent = await readSent(request);
  if (sent instanceof Response) return sent;
  if (typeof sent[honeypot] === "string" && sent[honeypot].trim()) return accepted();
  const lang = parseLang(sent.lang) ?? defaultLang;
  const parsed = leadForm.safeParse(sent);
  if (!parsed.success)
    return problem("invalid-lead", {
      errors: parsed.error.issues.map(({ path, message }) => ({
        field: path.join(".") || null,
        code: message,
        detail: errorText(lang, message),
      })),
    });
  const key = request.headers.get("idempotency-key");
  if (key !== null && !/^[\x21-\x7e]{1,200}$/.test(key)) return problem("invalid-idempotency-key");
  const { ip, userAgent, requestId } = context;
  const taken = await takeLead(parsed.data, { key, lang, origin: { ip, userAgent, requestId } });
  if (taken.kind === "wait") return problem("rate-limited", {}, { "retry-after": String(taken.seconds) });
  if (taken.kind === "lost") return problem("lead-not-taken", { contact: `https://wa.me/${env.HQ_WHATSAPP}` });
  return accepted();
}

const accepted = () => Response.json({ status: "accepted" }, { status: 202, headers: { "cache-control": "no-store" } });

/** What was sent, or what is wrong with it. */
async function readSent(request: Request): Promise<Record<string, unknown> | Response> {
  const type = (request.headers.get("content-type") ?? "").split(";", 1)[0]!.trim().toLowerCase();
  const isForm = type === "application/x-www-form-urlencoded" || type === "multipart/form-data";
  if (!isForm && type !== "application/json") return problem("unsupported-media-type");
  const body = await request.clone().arrayBuffer();
  if (body.byteLength > largestLead) return problem("too-large");
  try {
    if (isForm) return await readForm(request);
    const sent: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return problem("unreadable-body");
    return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null)); // Left out.
  } catch {
    return problem("unreadable-body");
  }
}
