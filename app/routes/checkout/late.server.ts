import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { env } from "#app/env.server.ts";
import { reply } from "#app/http/reply.server.ts";
import type { Visit } from "#app/http/visit.server.ts";
import { messages } from "#app/words.ts";
import { findSent } from "#app/carts/checkout.server.ts";
import type { Written } from "#app/carts/checkout.ts";
import { whatsappLink } from "#app/ui/whatsapp.ts";
import { keysOf } from "#app/ui/keys.ts";

/**
 * A form whose order went out before it came: its cart was emptied by another tab, or its key was used for something
 * else. Hands it back with the order's number and note beside what was typed, which nobody has received. Null for any
 * other refusal.
 */
export async function replyToLate(error: unknown, { note, preorder }: Written, visit: Visit) {
  if (!(error instanceof DatabaseRefusal)) return null;
  const { number, differs } = error.detail;
  if (typeof number !== "string") return null;
  const t = messages(visit.lang).carts.checkout.late;
  const order = await visit.read((db) => findSent(db, number));
  const said =
    error.reason === "KEY_REUSED"
      ? keysOf(t.differs)
          .filter((what) => Array.isArray(differs) && differs.includes(what))
          .map((what) => t.differs[what](order.number))
      : [t.emptied(order.number)];
  const typed = note === order.note ? null : note;
  return reply(
    409,
    { note, ...(preorder ? { preorder: "yes" } : {}) },
    said.map((message) => ({ message, href: `/orders/${order.number}` })),
    {
      ...order,
      typed,
      whatsapp: typed
        ? whatsappLink(env.HQ_WHATSAPP, messages("id").carts.checkout.late.toHq(order.number, typed))
        : null,
    },
  );
}
