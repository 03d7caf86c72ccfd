import { z } from "zod";

/**
 * A checkout key is minted with the form: an id, and the digest of the cart as it was shown. The same key twice is the
 * same order; a digest that no longer fits means that prices or cart changed since.
 */
export const mintKey = (digest: string) => `${crypto.randomUUID()}.${digest}`;

const pattern = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.([0-9a-f]{32}))?$/;

export const checkoutForm = z.object({
  checkout_key: z.string("CHECKOUT_KEY").regex(pattern, "CHECKOUT_KEY").transform((key) => {
    const [, id = "", digest] = pattern.exec(key) ?? [];
    return { id, digest: digest ?? null };
  }),
  note: z.string().trim().max(500, "TOO_LONG").default(""),
  preorder: z.string().optional().transform((value) => value !== undefined && value !== "" && value !== "no"),
});
export type CheckoutForm = z.output<typeof checkoutForm>;
