import { z } from "zod";
import { thenField } from "#app/ui/page-form.tsx";
import { skuList } from "./cart.ts";

/**
 * A checkout key is minted with the form: an id, and the digest of the cart as it was shown. The same key twice is the
 * same order; a digest that no longer fits means that prices or cart changed since.
 */
export const mintKey = (digest: string) => `${crypto.randomUUID()}.${digest}`;

const pattern = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.([0-9a-f]{32}))?$/;

export type CheckoutKey = { id: string; digest: string | null };
/** What a person writes at the checkout. */
export type Written = { note: string; preorder: boolean };

function readKey(typed: string): CheckoutKey | null {
  const [, id, digest] = pattern.exec(typed) ?? [];
  return id ? { id, digest: digest ?? null } : null;
}

/**
 * The checkout: sent with its key; or not sent yet, and what was written is kept with the cart: `go` back to the cart,
 * away from here (`then`), or on this page without what can no longer be ordered (`remove`).
 */
export const checkoutForm = z
  .object({
    checkout_key: z.string().default("").transform(readKey),
    note: z.string().trim().max(500, "TOO_LONG").default(""),
    preorder: z
      .string()
      .optional()
      .transform((value) => value !== undefined && value !== "" && value !== "no"),
    remove: skuList,
    go: z.enum(["cart", "stay"]).optional().catch(undefined),
    [thenField]: z.string().optional(),
  })
  .transform(({ checkout_key, go, remove, [thenField]: away, ...written }, ctx) => {
    if (go || away || remove.length > 0) return { next: go ?? ("stay" as const), remove, ...written };
    if (checkout_key) return { next: "send" as const, checkout_key, ...written };
    ctx.addIssue({ code: "custom", path: ["checkout_key"], message: "CHECKOUT_KEY" });
    return z.NEVER;
  });

/**
 * A checkout form that came after its order had gone out: which one, the note it went with, and the note that did not
 * (null: the same one). `whatsapp`: where that note can be sent by hand.
 */
export type LateForm = {
  number: string;
  at: string | Date;
  note: string;
  typed: string | null;
  whatsapp: string | null;
};
