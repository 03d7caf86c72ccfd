import { createPublicKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import { phoneNumber } from "./ui/phone.ts";

// What web and worker demand of their settings, each of its own: a process is given what it uses and no more.

const placeholder = /change.?me|your[-_ ]|example|placeholder|xxxx|^secret|^password/i;
const real = (value: string) => !placeholder.test(value);

export const nodeEnv = z
  .enum(["development", "test", "production"], "is not development, test or production")
  .default("development");

/** A secret. Placeholders are refused everywhere, short ones in production. Messages never repeat it. */
export const secret = z
  .string()
  .refine(real, "is a placeholder, not a real secret")
  // No header could carry it, and what refuses to would quote it.
  .refine((value) => /^[\x20-\x7e]*$/.test(value), "has a line break or a character that no key has");

/** A postgres:// address. */
export const databaseUrl = z
  .url({ protocol: /^postgres(ql)?$/, error: "is not a postgres:// address" })
  .refine(real, "still contains a placeholder");

/**
 * An http(s):// address without a slash at the end, and without a name and password, which `fetch` refuses and would
 * quote.
 */
export const httpUrl = z
  .url({ protocol: /^https?$/, error: "is not an http(s):// address" })
  .refine((value) => !value.includes("your-"), "still contains a placeholder")
  .refine(
    (value) => !URL.canParse(value) || (new URL(value).username === "" && new URL(value).password === ""),
    "must not contain a user name or password",
  )
  .transform((value) => value.replace(/\/$/, ""));

/** An address that mails go to. */
export const mailbox = z
  .string()
  .regex(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, "is not an e-mail address")
  .refine(real, "still contains a placeholder");

export const text = z.string().refine(real, "still contains a placeholder");

/** How the shop is while this process runs, before any setting; `true` is FULL. Nothing or OFF: a setting says. */
export const maintenanceMode = z
  .string()
  .transform((value) => value.trim().toUpperCase())
  .pipe(z.enum(["TRUE", "FALSE", "OFF", "READ_ONLY", "FULL"], "is not true, false, READ_ONLY, FULL or OFF"))
  .transform((value) => (value === "TRUE" ? "FULL" : value === "FALSE" ? "OFF" : value))
  .optional();

export const phone = z.string().transform((typed, context) => {
  const number = phoneNumber(typed);
  if (number) return number;
  context.addIssue({ code: "custom", message: "is not an Indonesian mobile number, such as 62812..." });
  return z.NEVER;
});

/** Ed25519 public keys, as PEM or as base64 of their DER form; several with commas between. Read as one PEM text. */
export const publicKeys = z.string().transform((value, context) => {
  try {
    const keys =
      value
        .replaceAll("\\n", "\n")
        .match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----|[A-Za-z0-9+/=]{40,}/g) ?? [];
    if (keys.length > 0)
      return keys
        .map(readPublicKey)
        .map((key) => key.export({ type: "spki", format: "pem" }))
        .join("");
  } catch {
    // Said below.
  }
  context.addIssue({ code: "custom", message: "is not an Ed25519 public key" });
  return z.NEVER;
});

/**
 * What signed tokens before: secrets, and public keys as PEM, with commas between. Nobody gets in by them; a token of
 * theirs may be renewed, so that a change of keys signs nobody out.
 */
export const retiredKeys = z
  .string()
  .optional()
  .transform((value, context) => {
    const entries = (value ?? "")
      .replaceAll("\\n", "\n")
      .split(",")
      .map((entry) => entry.trim())
      .filter(Boolean);
    const sound = entries.every((entry) =>
      entry.startsWith("-----") ? isPublicKey(entry) : entry.length >= 16 && secret.safeParse(entry).success,
    );
    if (sound) return entries;
    context.addIssue({ code: "custom", message: "is not a list of secrets and public keys" });
    return z.NEVER;
  });

function isPublicKey(pem: string): boolean {
  try {
    return pem.startsWith("-----BEGIN PUBLIC KEY-----") && createPublicKey(pem).type === "public";
  } catch {
    return false;
  }
}

function readPublicKey(text: string): KeyObject {
  const key = text.startsWith("-----")
    ? createPublicKey(text)
    : createPublicKey({ key: Buffer.from(text, "base64"), format: "der", type: "spki" });
  if (key.asymmetricKeyType !== "ed25519") throw new Error("another kind of key");
  return key;
}

/**
 * Nothing starts with a missing or placeholder setting: all mistakes are listed at once, by name and without values.
 */
export class BadEnvironment extends Error {
  override name = "BadEnvironment";
}

/**
 * Checks settings against a schema. Empty strings count as missing, as in an unfilled .env file; `secrets` names what
 * has to be long in production.
 *
 * @throws BadEnvironment
 */
export function readSettings<Schema extends z.ZodType>(
  schema: Schema,
  source: NodeJS.Dict<string>,
  secrets: string[],
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = schema.safeParse(given);
  const lines = (result.error?.issues ?? []).map(({ path, message }) => {
    const name = String(path[0]);
    return `  ${name} ${given[name] === undefined ? "is missing" : message}`;
  });
  const short = secrets.filter(
    (name) => given.NODE_ENV === "production" && given[name] !== undefined && given[name].length < 16,
  );
  lines.push(...short.map((name) => `  ${name} is shorter than 16 characters`));
  if (result.success && lines.length === 0) return result.data;
  throw new BadEnvironment(`The settings are not complete (see .env.example):\n${[...new Set(lines)].join("\n")}`);
}

/** For a process that starts: a list of names helps whoever has to mend it more than a stack trace. */
export function settingsOrExit<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadEnvironment)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
