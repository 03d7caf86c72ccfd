import { subscribe } from "node:diagnostics_channel";
import { fieldOf } from "#app/db/thrown.ts";
import { spanned } from "#app/trace.ts";
import { sleep } from "./loop.ts";

/**
 * What a provider said to one try. `refused`: it will never take it, because of the address. `retry`: it did not take
 * it this time. `ambiguous`: it may have taken it; the same key again, while the provider remembers it, brings
 * certainty.
 */
export type Delivery =
  { kind: "accepted"; id: string | null } | { kind: "refused" | "retry" | "ambiguous"; reason: string };

/** Sends one message under a key; never throws. `reference` comes back with what the provider tells later. */
export type Deliver<Message> = (
  message: Message,
  to: string,
  idempotencyKey: string,
  reference?: string,
) => Promise<Delivery>;

/** Longer ago than this nothing waits for an answer: what is still here belongs to requests that were given up. */
const remembered = 1_000;
const gone = new Set<string>();

// Node tells when the head of a request left this process. Without it, "no connection" and "no answer" look the same,
// and only one of them means that nothing can have been sent.
subscribe("undici:client:sendHeaders", (message) => {
  const key = /^idempotency-key: (.+)$/im.exec(String(fieldOf(message, "headers")))?.[1]?.trim();
  if (!key) return;
  gone.add(key);
  if (gone.size > remembered)
    for (const oldest of gone) {
      gone.delete(oldest);
      break;
    }
});

/** Whether a request with this key went out since the last time this was asked. */
export const wentOut = (idempotencyKey: string): boolean => gone.delete(idempotencyKey);

/** The same, and how long each try takes is measured where somebody measures. */
export const measured =
  <Message>(name: string, deliver: Deliver<Message>): Deliver<Message> =>
  (...given) =>
    spanned(name, "call", {}, async (note) => {
      const delivery = await deliver(...given);
      note({ outcome: delivery.kind });
      return delivery;
    });

/** The same, but never two tries within `betweenMs`, whoever asks: a provider allows so many a second in all. */
export function paced<Message>(deliver: Deliver<Message>, betweenMs: number): Deliver<Message> {
  let free = 0;
  return async (...mail) => {
    const now = Date.now();
    const start = Math.max(now, free);
    free = start + betweenMs;
    if (start > now) await sleep(start - now);
    return deliver(...mail);
  };
}

/**
 * A status that says nothing about whether the message was taken: the server, or one before it, broke in the middle.
 */
const broken = new Set([408, 500, 502, 504]);

/** How a try ended that was not accepted. `status` null: no answer; `out`: the request had left. */
export function notAccepted(status: number | null, out: boolean, reason: string, refused: boolean): Delivery {
  if (refused) return { kind: "refused", reason };
  const unclear = status === null ? out : broken.has(status) || status < 300;
  return { kind: unclear ? "ambiguous" : "retry", reason };
}
