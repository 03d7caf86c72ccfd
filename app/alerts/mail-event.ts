import { z } from "zod";
import { isKeyOf } from "#app/ui/keys.ts";

const kinds = {
  "email.sent": "SENT",
  "email.delivered": "DELIVERED",
  "email.delivery_delayed": "DELAYED",
  "email.bounced": "BOUNCED",
  "email.complained": "COMPLAINED",
  "email.failed": "FAILED",
} as const;

const tags = z
  .union([
    z.record(z.string(), z.string()),
    z
      .array(z.object({ name: z.string(), value: z.string() }))
      .transform((list) => Object.fromEntries(list.map(({ name, value }) => [name, value]))),
  ])
  .catch({});

/** What the mail provider says about one mail. Addresses and subjects are not taken over. */
export const mailEvent = z.object({
  type: z.string(),
  created_at: z.coerce.date(),
  data: z.object({
    email_id: z.string().min(1).max(200),
    tags,
    bounce: z
      .object({ type: z.string().catch(""), subType: z.string().catch("") })
      .optional()
      .catch(undefined),
    failed: z
      .object({ reason: z.string().catch("") })
      .optional()
      .catch(undefined),
  }),
});
export type MailEvent = z.output<typeof mailEvent>;

/** Our word for the kind of event; null for those that tell nothing about an alert (opened, clicked). */
export const kindOf = ({ type }: MailEvent): string | null => (isKeyOf(kinds, type) ? kinds[type] : null);

/** Why, as far as it can be kept: the provider's classes, never the text in which an address stands. */
export function detailOf({ data: { bounce, failed } }: MailEvent): string | null {
  if (bounce) return [bounce.type, bounce.subType].filter(Boolean).join(" ").slice(0, 100) || null;
  return failed?.reason.slice(0, 100) || null;
}

/** The reference that we gave the mail on its way. */
export const referenceOf = ({ data }: MailEvent): string | null => z.uuid().safeParse(data.tags.reference).data ?? null;
