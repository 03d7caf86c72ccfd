import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { readEnv } from "#app/env.server.ts";
import { messageOf } from "#app/db/thrown.ts";
import { longestAppUrl } from "#jobs/sms-text.ts";

const pem = generateKeyPairSync("ec", { namedCurve: "P-256" })
  .publicKey.export({
    type: "spki",
    format: "pem",
  })
  .toString();
const good = {
  NODE_ENV: "production" as const,
  APP_URL: "https://order.alfa.test",
  DATABASE_URL: "postgres://web:9f2c4be07d1a@db.alfa.test:5432/postgres",
  SUPABASE_URL: "https://auth.alfa.test",
  SUPABASE_PUBLISHABLE_KEY: "sb_publishable_9f2c4be07d1a",
  SUPABASE_JWT_SECRET: "9f2c4be07d1a9f2c4be07d1a",
  HQ_WHATSAPP: "628110000000",
  TRUSTED_PROXY_HOPS: "1",
};

test("complete settings are accepted", () => {
  expect(readEnv(good)).toMatchObject({ https: true, PORT: 3000, TRUSTED_PROXY_HOPS: 1 });
});

test("all missing and placeholder settings are named at once", () => {
  const { HQ_WHATSAPP: _, ...rest } = good;

  const refusal = refusalOf({
    ...rest,
    SUPABASE_JWT_SECRET: "changeme",
    SUPABASE_PUBLISHABLE_KEY: "your-key",
    SUPABASE_URL: "",
  });

  expect(refusal).toContain("SUPABASE_URL is missing");
  expect(refusal).toContain("HQ_WHATSAPP is missing");
  expect(refusal).toContain("SUPABASE_JWT_SECRET is a placeholder");
  expect(refusal).toContain("SUPABASE_PUBLISHABLE_KEY is a placeholder");
});

test.each([
  ["", undefined],
  ["true", "FULL"],
  ["full", "FULL"],
  ["READ_ONLY", "READ_ONLY"],
  ["false", "OFF"],
  ["OFF", "OFF"],
])("maintenance by the environment: %s", (given, read) => {
  expect(readEnv({ ...good, MAINTENANCE_MODE: given }).MAINTENANCE_MODE).toBe(read);
});

test("a maintenance that is none is refused: closed by mistake is better said than found out", () => {
  expect(refusalOf({ ...good, MAINTENANCE_MODE: "yes" })).toContain("MAINTENANCE_MODE is not true, false, READ_ONLY");
});

test.each([
  ["", []],
  ["old-secret-9f2c4be07d1a", ["old-secret-9f2c4be07d1a"]],
  [`old-secret-9f2c4be07d1a, ${pem.replaceAll("\n", "\\n")}`, ["old-secret-9f2c4be07d1a", pem.trim()]],
])("keys that signed tokens before: %s", (given, read) => {
  expect(readEnv({ ...good, SUPABASE_JWT_RETIRED_KEYS: given }).SUPABASE_JWT_RETIRED_KEYS).toEqual(read);
});

test.each([
  "short",
  "old-secret-9f2c4be07d1a,changeme",
  "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
  "-----BEGIN PRIVATE KEY-----",
])("no keys that signed anything: %s", (given) => {
  expect(refusalOf({ ...good, SUPABASE_JWT_RETIRED_KEYS: given })).toContain(
    "SUPABASE_JWT_RETIRED_KEYS is not a list of secrets and public keys",
  );
});

test("the refusal never repeats a value", () => {
  const refusal = refusalOf({ ...good, SUPABASE_JWT_SECRET: "tiny-9f2c" });

  expect(refusal).toContain("SUPABASE_JWT_SECRET is shorter than 16 characters");
  expect(refusal).not.toContain("tiny-9f2c");
});

test("production has to know its proxies and be reached by https", () => {
  const { TRUSTED_PROXY_HOPS: _, ...rest } = good;

  const refusal = refusalOf({ ...rest, APP_URL: "http://order.alfa.test" });

  expect(refusal).toContain("APP_URL has to be https://");
  expect(refusal).toContain("TRUSTED_PROXY_HOPS is missing");
});

test("the provider's webhook needs no secret to start without it, and a real one to start with it", () => {
  expect(readEnv(good).RESEND_WEBHOOK_SECRET).toBeUndefined();
  expect(refusalOf({ ...good, RESEND_WEBHOOK_SECRET: "whsec_" })).toContain(
    "RESEND_WEBHOOK_SECRET is not a secret of the form whsec_",
  );
  expect(readEnv({ ...good, RESEND_WEBHOOK_SECRET: `whsec_${"A1b2".repeat(8)}` }).RESEND_WEBHOOK_SECRET).toContain(
    "whsec_A1b2",
  );
});

test("measurements are read with a real token, or not at all", () => {
  expect(readEnv(good).METRICS_TOKEN).toBeUndefined();
  for (const METRICS_TOKEN of ["short", "changeme-changeme-changeme"])
    expect(refusalOf({ ...good, METRICS_TOKEN })).toContain("METRICS_TOKEN is");
});

test("phones are asked about every page, or about a share of them", () => {
  expect([undefined, "0", "1", "0.25", ".5"].map((RUM_SHARE) => readEnv({ ...good, RUM_SHARE }).RUM_SHARE)).toEqual([
    1, 0, 1, 0.25, 0.5,
  ]);
  for (const RUM_SHARE of ["2", "-1", "25%", "0,5", "NaN"])
    expect(refusalOf({ ...good, RUM_SHARE })).toContain("RUM_SHARE is not a share from 0 to 1");
});

test("an address with a password, or a key that no header can carry, is refused at the start and not repeated", () => {
  for (const APP_URL of ["https://order:rahasia@order.alfa.test", "https://rahasia@order.alfa.test"]) {
    expect(refusalOf({ ...good, APP_URL })).toContain("APP_URL must not contain a user name or password");
  }
  for (const SUPABASE_PUBLISHABLE_KEY of [
    "sb_publishable_9f2c\n4be07d1a",
    "sb_publishable_9f2c…4be07d1a",
    "sb_publishable_\u00009f2c4be07d1a",
  ]) {
    expect(refusalOf({ ...good, SUPABASE_PUBLISHABLE_KEY })).toMatch(
      /SUPABASE_PUBLISHABLE_KEY has a line break or a character that no key has$/,
    );
  }
  expect(refusalOf({ ...good, APP_URL: "https://order:rahasia@order.alfa.test" })).not.toContain("rahasia");
});

function refusalOf(source: NodeJS.ProcessEnv) {
  try {
    readEnv(source);
  } catch (error) {
    return messageOf(error);
  }
  throw new Error("the settings were accepted");
}

test("a worker that sends text messages starts with no address that would make two of one", () => {
  const { DATABASE_URL: url, HQ_WHATSAPP, NODE_ENV } = good;
  const settings = {
    NODE_ENV,
    HQ_WHATSAPP,
    PATH: process.env.PATH,
    WORKER_DATABASE_URL: url,
    RESEND_API_KEY: "re_9f2c4be07d1a9f2c",
    MAIL_FROM: "Alfa <order@alfa.test>",
    SALES_INBOX: "sales@alfa.test",
    SMS_GATEWAY_URL: "https://sms.alfa.test/messages",
    SMS_GATEWAY_TOKEN: "9f2c4be07d1a9f2c4be07d1a",
    ERP_BASE_URL: "https://erp.alfa.test",
    ERP_API_KEY: "9f2c4be07d1a9f2c4be07d1a",
    AUDIT_SIGNING_KEY: generateKeyPairSync("ed25519")
      .privateKey.export({ format: "der", type: "pkcs8" })
      .toString("base64"),
    AUDIT_HEADS_FILE: "/tmp/heads.jsonl",
  };
  const start = (letters: number) =>
    spawnSync(process.execPath, ["--input-type=module", "--eval", "await import('./jobs/env.ts')"], {
      env: { ...settings, APP_URL: `https://${"a".repeat(letters - 13)}.test` },
      encoding: "utf8",
    });
  expect(start(longestAppUrl)).toMatchObject({ status: 0, stderr: "" });
  const refused = start(longestAppUrl + 1);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain(`APP_URL is too long for a text message's link: ${longestAppUrl + 1} letters`);
});
