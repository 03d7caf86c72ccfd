import type { Server } from "node:http";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { closePool } from "#app/db/transaction.server.ts";
import { env } from "#app/env.server.ts";
import { action } from "#app/routes/webhooks.resend/route.ts";
import { type EventType, tell } from "#mocks/mail/events.ts";
import { mailHandlers } from "#mocks/mail/handlers.ts";
import { MailState, type Message } from "#mocks/mail/state.ts";
import { serve } from "#mocks/serve.ts";
import { bodyLimit } from "../../server/gate.ts";
import { createServer } from "../../server/create-server.ts";
import { portOf } from "#supabase/local/ports.ts";

const secret = env.RESEND_WEBHOOK_SECRET!;
let owner: pg.Client;
let server: Server;
let url: string;
let down = false;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.ADMIN_DATABASE_URL });
  await owner.connect();
  server = createServer({
    appUrl: "https://order.alfa.test",
    trustedProxyHops: 0,
    log: pino({ level: "silent" }),
    async handle(request, context) {
      if (down) throw new Error("the database is away");
      return action({ request, context, params: {} });
    },
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  url = `http://127.0.0.1:${portOf(server)}/webhooks/resend`;
});
afterAll(async () => {
  await owner.end();
  await closePool();
  await new Promise((closed) => server.close(closed).closeAllConnections());
});

let mail: Message;
beforeEach(() => {
  const id = crypto.randomUUID();
  mail = {
    id,
    from: "a@alfa.test",
    to: ["budi@demo.test"],
    subject: "x",
    received_at: new Date().toISOString(),
    idempotency_key: null,
    tags: [{ name: "reference", value: crypto.randomUUID() }],
  };
});
const stored = async () =>
  (
    await owner.query<Record<string, unknown>>(
      "select kind, detail, reference from private.mail_events where provider_id = $1 order by received_at",
      [mail.id],
    )
  ).rows;
const send = (type: EventType, more: object = {}, with_ = secret) =>
  tell({ url, secret: with_ }, mail, { type, ...more });

test("a signed event is answered with yes once it is stored, without its addresses", async () => {
  expect(await send("email.bounced")).toBe(204);
  expect(await stored()).toEqual([{ kind: "BOUNCED", detail: "Permanent General", reference: mail.tags![0]!.value }]);
});

test("the same event again is taken and stored once", async () => {
  const eventId = `msg_${crypto.randomUUID()}`;
  expect(await send("email.delivered", { eventId })).toBe(204);
  expect(await send("email.delivered", { eventId })).toBe(204);
  expect(await stored()).toHaveLength(1);
});

test("a wrong secret, a changed body, an old time and no signature are turned away and nothing is stored", async () => {
  expect(await send("email.bounced", {}, `whsec_${Buffer.from("somebody else's secret").toString("base64")}`)).toBe(
    401,
  );
  expect(await send("email.bounced", { sentAt: new Date(Date.now() - 6 * 60_000) })).toBe(401);
  expect(await send("email.bounced", { sentAt: new Date(Date.now() + 6 * 60_000) })).toBe(401);
  expect((await fetch(url, { method: "POST", body: "{}" })).status).toBe(401);
  let body = "";
  let headers: Record<string, string> = {};
  await using tap = await listener((given, text) => {
    headers = given;
    body = text;
  });
  await tell({ url: tap.url, secret }, mail, { type: "email.bounced" });
  expect((await fetch(url, { method: "POST", headers, body: body.replace("bounced", "delivered") })).status).toBe(401);
  expect(await stored()).toEqual([]);
  expect((await fetch(url, { method: "POST", headers, body })).status, "control: as it was signed").toBe(204);
  expect(await stored()).toHaveLength(1);
});

test("until it is stored the answer is no yes, so that the provider sends it again", async () => {
  down = true;
  expect(await send("email.bounced")).toBe(500);
  down = false;
  expect(await stored()).toEqual([]);
});

test("kinds that say nothing about delivery, and events about something else, are done with", async () => {
  expect(await send("email.opened" as EventType)).toBe(204);
  expect(await stored()).toEqual([]);
});

test("this address alone, only as written, is judged by its signature, not origin; the size limit holds", async () => {
  const foreign = { method: "POST", body: "{}", headers: { origin: "https://evil.test" } };
  expect((await fetch(url, foreign)).status).toBe(401);
  for (const path of ["/webhooks/resend/", "/webhooks/resend?x=1", "/webhooks", "/checkout"]) {
    expect((await fetch(new URL(path, url), foreign)).status, path).toBe(403);
  }
  expect((await fetch(url, { method: "POST", body: "x".repeat(bodyLimit + 1) })).status).toBe(413);
});

test("the mail catcher tells by itself what it took, and more when asked", async () => {
  const catcher = await serve(mailHandlers(new MailState(), { listener: { url, secret } }), 0);
  try {
    const at = (path: string) => `http://127.0.0.1:${catcher.port}${path}`;
    const post = async (path: string, content: object): Promise<unknown> => {
      const answer = await fetch(at(path), {
        method: "POST",
        body: JSON.stringify(content),
        headers: { authorization: "Bearer x", "content-type": "application/json" },
      });
      return answer.json();
    };
    const sent = await post("/emails", { from: "a@alfa.test", to: "budi@demo.test", subject: "x", text: "x" });
    const { id } = z.object({ id: z.string() }).parse(sent);
    mail.id = id;
    await expect.poll(stored).toMatchObject([{ kind: "SENT" }, { kind: "DELIVERED" }]);
    expect(await post("/control/events", { id, type: "email.complained" })).toMatchObject({ status: 204 });
    expect(await stored()).toMatchObject([{}, {}, { kind: "COMPLAINED" }]);
  } finally {
    await catcher.close();
  }
});

/** A listener that keeps what it is sent. */
async function listener(keep: (headers: Record<string, string>, body: string) => void) {
  const { http, HttpResponse } = await import("msw");
  const tap = await serve(
    [
      http.post("*", async ({ request }) => {
        keep(
          Object.fromEntries([...request.headers].filter(([name]) => name.startsWith("svix"))),
          await request.text(),
        );
        return new HttpResponse(null, { status: 204 });
      }),
    ],
    0,
  );
  return { url: `http://127.0.0.1:${tap.port}/`, [Symbol.asyncDispose]: () => tap.close() };
}
