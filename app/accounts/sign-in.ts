import { z } from "zod";

const email = z
  .string("EMAIL")
  .trim()
  .toLowerCase()
  .max(254, "EMAIL")
  .regex(/^[^@\s]+@[^@\s]+$/, "EMAIL");
const longestPassword = 72; // In bytes: what bcrypt hashes, and Auth takes.

/**
 * A password as it is sent to Auth: the same whichever keyboard typed it (NIST SP 800-63B, NFKC), an é as one sign or
 * as two, full-width letters or plain ones.
 */
export const normalPassword = (typed: string) => typed.normalize("NFKC");

// Characters as people count them, and not what their encoding takes, make a password long enough.
const newPassword = z
  .string("REQUIRED")
  .transform(normalPassword)
  .refine((password) => [...password].length >= 12, "PASSWORD_SHORT")
  .refine((password) => new TextEncoder().encode(password).length <= longestPassword, "PASSWORD_LONG");

export const signInForm = z.object({
  email,
  password: z.string("REQUIRED").min(1, "REQUIRED").max(200, "TOO_LONG"),
  next: z.string().max(500).optional().catch(undefined),
  interrupted: z.string().max(60_000).optional().catch(undefined),
});
export const forgotForm = z.object({ email });
export const resetForm = z
  .object({
    token_hash: z.string("LINK_EXPIRED").min(8, "LINK_EXPIRED").max(200, "LINK_EXPIRED"),
    password: newPassword,
    repeat: z.string("REQUIRED").transform(normalPassword),
  })
  .refine(({ password, repeat }) => password === repeat, { path: ["repeat"], message: "PASSWORD_REPEAT" });
