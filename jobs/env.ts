import { z } from "zod";

// The only reader of process.env in the worker. It asks for what the worker uses and no more: the web's login and
// sign-in secrets never need to be given to it.

const placeholder = /change.?me|your[-_ ]|example|placeholder|replace|todo|xxxx|^secret|^password/i;
const real = (value: string) => !placeholder.test(value);

const secret = z
  .string()
  .refine(real, "is a placeholder, not a real secret")
  .refine((value) => process.env.NODE_ENV !== "production" || value.length >= 16, "is shorter than 16 characters");
const httpUrl = z
  .url({ protocol: /^https?$/, error: "is not an http(s):// address" })
  .refine((value) => !value.includes("your-"), "still contains a placeholder")
  .transform((value) => value.replace(/\/$/, ""));

const worker = z.object({
  WORKER_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "is not a postgres:// address" })
    .refine(real, "still contains a placeholder"),
  APP_URL: httpUrl,
  RESEND_API_KEY: secret,
  RESEND_BASE_URL: httpUrl.default("https://api.resend.com"),
  MAIL_FROM: z.string().refine(real, "still contains a placeholder"),
  ERP_BASE_URL: httpUrl,
  ERP_API_KEY: secret,
  HQ_WHATSAPP: z.string().regex(/^\d{8,15}$/, "is not a phone number in digits with country code, such as 628..."),
});

export const env = read();

// All mistakes at once, by name and without values: the list ends up in logs.
function read(): z.output<typeof worker> {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const result = worker.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return `  ${name} ${given[name] === undefined ? "is missing" : message}`;
  });
  console.error(`The worker's settings are not complete (see .env.example):\n${[...new Set(lines)].join("\n")}`);
  process.exit(1);
}
