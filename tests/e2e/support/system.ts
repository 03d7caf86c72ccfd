import fs from "node:fs";
import path from "node:path";
import { expect } from "@playwright/test";
import pg from "pg";

/** Where the system under test is, as its start told us. */
const address = (name: string) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run these tests by "npm test" or "playwright test"`);
  return value;
};

let pool: pg.Pool | undefined;

/** Asks the database as its owner: what was written, or was not, behind all policies. */
export async function rows<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  pool ??= new pg.Pool({ connectionString: address("ADMIN_DATABASE_URL"), max: 2, allowExitOnIdle: true }).on(
    "error",
    () => undefined, // Journeys stop the database on purpose.
  );
  return (await pool.query<Row>(text, values)).rows;
}

/** The first row. Throws without one. */
export async function row<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row> {
  const [first] = await rows<Row>(text, values);
  if (!first) throw new Error(`no row: ${text}`);
  return first;
}

export type Mail = { id: string; to: string[]; subject: string; html?: string; text?: string };

/** What the mail catcher holds for an address, newest first. */
export async function mailsTo(recipient: string): Promise<Mail[]> {
  const response = await fetch(`${address("MAILBOX_URL")}/messages?to=${encodeURIComponent(recipient)}`);
  return (await response.json()) as Mail[];
}

/**
 * Has the mail provider tell the application about a mail, signed as it signs.
 *
 * @returns what the application answered.
 */
export async function mailProviderSays(id: string, type: string, more: object = {}): Promise<number> {
  const response = await fetch(`${address("MAILBOX_URL")}/control/events`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ id, type, ...more }),
  });
  return ((await response.json()) as { status: number }).status;
}

/** Makes the SMS gateway refuse every number, or accept them again. */
export async function setSms(mode: "up" | "reject") {
  const headers = { "content-type": "application/json" };
  expect(
    (await fetch(`${address("SMS_URL")}/control`, { method: "POST", headers, body: JSON.stringify({ mode }) })).ok,
  ).toBe(true);
}

/** What the SMS gateway holds for a number, newest first. */
export async function textsTo(number: string): Promise<Array<{ text: string }>> {
  return (await (await fetch(`${address("SMS_URL")}/messages?to=${number}`)).json()) as Array<{ text: string }>;
}

export type ErpMode = "up" | "down" | "hang" | "slow" | "500" | "garbage" | "partial";

/** Breaks the pretended ERP, or mends it. */
export async function setErp(mode: ErpMode) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${address("ERP_URL")}/control`, {
    method: "POST",
    headers,
    body: JSON.stringify({ mode }),
  });
  expect(response.ok).toBe(true);
}

/** The documents that the ERP holds for one of our order numbers. */
export async function erpDocumentsOf(reference: string): Promise<Array<{ reference: string; document: string }>> {
  const response = await fetch(`${address("ERP_URL")}/control/orders`);
  const all = (await response.json()) as Array<{ reference: string; document: string }>;
  return all.filter((document) => document.reference === reference);
}

/** Everything that web, worker and auth have logged so far. */
export function logs(): string {
  const folder = address("LOG_DIR");
  return ["web", "worker", "auth"].map((part) => fs.readFileSync(path.join(folder, `${part}.log`), "utf8")).join("\n");
}

/** Makes the mail provider refuse what it is given, or accept it again. */
export async function setMail(mode: "up" | "reject") {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${address("MAILBOX_URL")}/control`, {
    method: "POST",
    headers,
    body: JSON.stringify({ mode }),
  });
  expect(response.ok).toBe(true);
}
