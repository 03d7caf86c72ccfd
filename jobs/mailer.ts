import { Resend } from "resend";
import type { Mail } from "#emails/layout.tsx";
import { requestNow } from "#app/trace.ts";
import { type Deliver, measured, notAccepted, wentOut } from "./deliver.ts";

type Access = { apiKey: string; baseUrl: string; from: string; deadlineMs?: number };

/**
 * Sends by Resend. The reference travels as a tag, which the provider repeats in every event about the mail; the number
 * of the request that it comes of as a header of the mail, the same at each try.
 */
export function mailer({ apiKey, baseUrl, from, deadlineMs = 10_000 }: Access): Deliver<Mail> {
  const resend = new Resend(apiKey, { baseUrl });
  return measured("mail", async (mail, to, idempotencyKey, reference) => {
    const tags = reference === undefined ? undefined : [{ name: "reference", value: reference }];
    const requestId = requestNow();
    const headers = requestId === undefined ? undefined : { "X-Request-Id": requestId };
    const { data, error } = await resend.emails
      .send({ from, to, ...mail, tags, headers }, { idempotencyKey, signal: AbortSignal.timeout(deadlineMs) })
      .catch((thrown: unknown) => ({
        data: null,
        error: { name: "no_answer", statusCode: null, message: String(thrown) },
      }));
    const out = wentOut(idempotencyKey);
    if (data?.id) return { kind: "accepted", id: data.id };
    // An earlier try got through and its answer was lost; meanwhile a new version writes the mail otherwise. It was
    // delivered.
    if (error?.name === "invalid_idempotent_request") return { kind: "accepted", id: null };

    const status = error?.statusCode ?? null;
    const reason = `${status ?? "no answer"} ${error?.name ?? "unreadable"}: ${error?.message ?? ""}`;
    // The same key is being worked on by another request: what becomes of that one is not known yet.
    if (error?.name === "concurrent_idempotent_requests") return { kind: "ambiguous", reason };
    return notAccepted(status, out || error === null, reason, status === 422 && /`to`/.test(error?.message ?? ""));
  });
}
