import { z } from "zod";
import { fieldOf } from "#app/db/thrown.ts";
import { traceparent } from "#app/trace.ts";
import { type Deliver, measured, notAccepted, wentOut } from "./deliver.ts";

type Access = { url: string; token: string; sender: string; deadlineMs?: number };

const answer = z.object({ id: z.union([z.string().min(1), z.number()]).transform(String) });

/**
 * Sends by an HTTP gateway: POST {to, text, sender, reference} with a bearer token and an Idempotency-Key, which the
 * gateway has to remember for a day. Any 2xx is a yes; 400, 404 and 422 say that the number is none.
 */
export function smsGateway({ url, token, sender, deadlineMs = 10_000 }: Access): Deliver<string> {
  return measured("sms", async (text, to, idempotencyKey, reference) => {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          "idempotency-key": idempotencyKey,
          traceparent: traceparent(),
        },
        body: JSON.stringify({ to, text, sender, reference }),
        redirect: "error",
        signal: AbortSignal.timeout(deadlineMs),
      });
      const body: unknown = await response.json().catch(() => null);
      wentOut(idempotencyKey);
      if (response.ok) return { kind: "accepted", id: answer.safeParse(body).data?.id ?? null };
      return notAccepted(response.status, true, `HTTP ${response.status}`, [400, 404, 422].includes(response.status));
    } catch (error) {
      const why = fieldOf(fieldOf(error, "cause"), "code") ?? fieldOf(error, "name") ?? "unknown";
      return notAccepted(null, wentOut(idempotencyKey), `no answer: ${String(why)}`, false);
    }
  });
}
