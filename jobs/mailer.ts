import { Resend } from "resend";
import type { Mail } from "#emails/layout.tsx";

/** What the provider said to one try. `final`: it will never take this letter, because of the address. */
export type Delivery = { kind: "accepted"; id: string } | { kind: "failed"; reason: string; final: boolean };

export type Deliver = (mail: Mail, to: string, idempotencyKey: string) => Promise<Delivery>;

type Access = { apiKey: string; baseUrl: string; from: string; deadlineMs?: number };

/** Sends by Resend. Never throws: the SDK returns its errors, and so do we. */
export function mailer({ apiKey, baseUrl, from, deadlineMs = 10_000 }: Access): Deliver {
  const resend = new Resend(apiKey, { baseUrl });
  return async (mail, to, idempotencyKey) => {
    const { data, error } = await resend.emails
      .send({ from, to, ...mail }, { idempotencyKey, signal: AbortSignal.timeout(deadlineMs) })
      .catch((thrown: unknown) => ({ data: null, error: { name: "no_answer", statusCode: null, message: String(thrown) } }));
    if (data?.id) return { kind: "accepted", id: data.id };
    // An earlier try got through and its answer was lost; meanwhile a name in the letter changed. It was delivered.
    if (error?.name === "invalid_idempotent_request") return { kind: "accepted", id: "accepted-earlier" };

    const reason = `${error?.statusCode ?? "no answer"} ${error?.name ?? "unreadable"}: ${error?.message ?? ""}`;
    return { kind: "failed", reason, final: error?.statusCode === 422 && /`to`/.test(error.message) };
  };
}
