import { z } from "zod";

const email = z
  .string("EMAIL")
  .trim()
  .toLowerCase()
  .max(254, "EMAIL")
  .regex(/^[^@\s]+@[^@\s]+$/, "EMAIL");
const newPassword = z.string("REQUIRED").min(12, "PASSWORD_SHORT").max(72, "TOO_LONG");

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
    repeat: z.string("REQUIRED"),
  })
  .refine(({ password, repeat }) => password === repeat, { path: ["repeat"], message: "PASSWORD_REPEAT" });
