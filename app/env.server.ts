import { z } from "zod";

// The only reader of process.env in the web process.

const placeholder = /change.?me|your[-_ ]|example|placeholder|xxxx|^secret|^password/i;

/**
 * A secret. Placeholders are refused everywhere, short ones in production (see parseEnv).
 * The messages never repeat the value: they end up in logs.
 */
const secret = z.string().refine((value) => !placeholder.test(value), "is a placeholder, not a real secret");

/** A postgres:// address. */
const databaseUrl = z
  .url({ protocol: /^postgres(ql)?$/, error: "is not a postgres:// address" })
  .refine((value) => !placeholder.test(value), "still contains a placeholder");

/** An http(s):// address without a slash at the end. */
const httpUrl = z
  .url({ protocol: /^https?$/, error: "is not an http(s):// address" })
  .refine((value) => !value.includes("your-"), "still contains a placeholder")
  .transform((value) => value.replace(/\/$/, ""));

const web = z
  .object({
    NODE_ENV: z.enum(["development", "test", "production"], "is not development, test or production").default("development"),
    APP_URL: httpUrl,
    RESEND_API_KEY: secret,
    RESEND_BASE_URL: httpUrl.default("https://api.resend.com"),
    MAIL_FROM: z.string().refine((value) => !placeholder.test(value), "still contains a placeholder"),
    ERP_BASE_URL: httpUrl,
    ERP_API_KEY: secret,
    HQ_WHATSAPP: z.string().regex(/^\d{8,15}$/, "is not a phone number in digits with country code, such as 628..."),
    PORT: z.coerce.number("is not a number").int().min(1).max(65535).default(3000),
    DATABASE_URL: databaseUrl,
    SUPABASE_URL: httpUrl,
    SUPABASE_PUBLISHABLE_KEY: secret,
    SUPABASE_JWT_SECRET: secret.optional(),
    TRUSTED_PROXY_HOPS: z.coerce.number("is not a number").int().min(0).max(10).optional(),
  })
  .superRefine((value, context) => {
    if (value.NODE_ENV !== "production") return;
    const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    // Counted wrong, anybody could choose the address that sign-in limits count by: there is no safe default.
    if (value.TRUSTED_PROXY_HOPS === undefined) refuse("TRUSTED_PROXY_HOPS", "is missing");
    if (!value.APP_URL.startsWith("https://") && !isLoopback(value.APP_URL)) refuse("APP_URL", "has to be https:// in production");
  })
  .transform((value) => ({
    ...value,
    TRUSTED_PROXY_HOPS: value.TRUSTED_PROXY_HOPS ?? 0,
    /** Cookies are Secure and HSTS is sent exactly when people reach us by https. */
    https: value.APP_URL.startsWith("https://"),
  }));

export type Env = z.output<typeof web>;

/** Nothing starts with a missing or placeholder setting: all mistakes are listed at once, by name. */
export class BadEnvironment extends Error {
  override name = "BadEnvironment";
}

/** Checks settings from anywhere. @throws BadEnvironment */
export const readEnv = (source: NodeJS.ProcessEnv): Env => parseEnv(web, source);

/**
 * Checks the environment against a schema. Empty strings count as missing, as in an unfilled .env file.
 * @throws BadEnvironment naming every variable and what is wrong with it, without values.
 */
function parseEnv<Schema extends z.ZodType>(schema: Schema, source: NodeJS.ProcessEnv): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = schema.safeParse(given);
  const lines = (result.error?.issues ?? []).map(({ path, message }) => {
    const name = String(path[0]);
    return `  ${name} ${given[name] === undefined ? "is missing" : message}`;
  });
  if (given.NODE_ENV === "production") lines.push(...shortSecrets(given));
  if (result.success && lines.length === 0) return result.data;
  throw new BadEnvironment(`The settings are not complete (see .env.example):\n${[...new Set(lines)].join("\n")}`);
}

function shortSecrets(given: Record<string, string | undefined>) {
  const short = ownSecrets.filter((name) => given[name] !== undefined && given[name].length < 16);
  return short.map((name) => `  ${name} is shorter than 16 characters`);
}

const ownSecrets = ["RESEND_API_KEY", "ERP_API_KEY", "SUPABASE_JWT_SECRET", "SUPABASE_PUBLISHABLE_KEY"];

const isLoopback = (url: string) => ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname);

export const env = readOrExit();

// A mistake in the settings is a person's to mend: a list of names helps, a stack trace does not.
function readOrExit(): Env {
  try {
    return readEnv(process.env);
  } catch (error) {
    if (!(error instanceof BadEnvironment)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
