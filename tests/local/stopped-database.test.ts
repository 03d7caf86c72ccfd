import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { mailHandlers } from "#mocks/mail/handlers.ts";
import { MailState } from "#mocks/mail/state.ts";
import { serve, type Served } from "#mocks/serve.ts";
import { buildWeb } from "#scripts/build.ts";
import { type Child, startChild } from "#scripts/child.ts";
import { environments, type Ports } from "#scripts/environment.ts";
import { removeData } from "#supabase/local/data-dir.ts";
import { freePorts } from "#supabase/local/ports.ts";
import { serveFolder, type ThrowAwayDatabase } from "#supabase/local/throw-away-database.ts";
import { type NetworkProxy, openProxy } from "#tests/support/proxy.ts";
import { seededServer } from "#tests/support/server.ts";
import { until } from "#tests/support/until.ts";

const t = messages("id").leads.form;
let database: ThrowAwayDatabase;
let proxy: NetworkProxy;
let mail: Served;
let web: Child;
let origin: string;
let folder: string;
const state = new MailState();

// What is done while there is no database.

/** The web process alone; Postgres behind an address that stays while it is stopped and started. */
beforeAll(async () => {
  buildWeb();
  database = await seededServer();
  proxy = await openProxy(database.port);
  mail = await serve(mailHandlers(state), 0);
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-leads-"));
  const [auth, erp, sms, port] = await freePorts(4);
  const ports: Ports = { postgres: proxy.port, auth, erp, mail: mail.port, sms, web: port };
  const logFile = path.join(folder, "web.log");
  web = await startChild({
    name: "web",
    script: "server.ts",
    env: environments(folder, ports, database.credentials).web,
    logFile,
    isReady: async () => fs.existsSync(logFile) && fs.readFileSync(logFile, "utf8").includes("web is ready"),
  });
  origin = `http://127.0.0.1:${port}`;
  await until(async () => expect((await fetch(`${origin}/mitra`)).status).toBe(200));
});
afterAll(async () => {
  await web?.stop();
  await proxy?.close();
  await mail?.close();
  await database?.remove();
  if (folder) removeData(folder);
});

async function down() {
  const port = proxy.port;
  await proxy.close();
  const data = await database.keep();
  return async () => {
    database = await serveFolder(data);
    proxy = await openProxy(database.port, port);
  };
}
const lead = (phone_whatsapp: string) => ({
  business_name: `Salon ${phone_whatsapp}`,
  contact_name: "Ibu Rahayu",
  phone_whatsapp,
  city: "Bandung",
  salon_type: "SALON",
  consent: true,
});
const send = (phone: string) =>
  fetch(`${origin}/api/leads`, {
    method: "POST",
    body: JSON.stringify(lead(phone)),
    headers: { "content-type": "application/json" },
  });
const kept = () => {
  const at = path.join(folder, "leads");
  return fs.existsSync(at) ? fs.readdirSync(at).map((name) => path.join(at, name)) : [];
};
async function stored<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
  const owner = new pg.Client({ connectionString: database.adminUrl });
  await owner.connect();
  try {
    return (await owner.query<Row>(text)).rows;
  } finally {
    await owner.end();
  }
}

test("a closed shop stays closed without Postgres; health and status go on", async () => {
  const at = (path: string) => fetch(`${origin}${path}`, { redirect: "manual" });
  const marked = "select private.audit('MAINTENANCE_CHANGED', 'maintenance', id::text) from app.maintenance";
  await stored(`
    insert into app.maintenance (mode, state, starts_at, ends_at, begun_at, text_id, text_en, reason, set_by)
      values ('FULL', 'RUNNING', now(), now() + interval '1 hour', now(), 'Gudang pindah', 'We move house', 'pindah',
        'ADM-001');
    ${marked}`);
  await until(async () => expect((await at("/products")).status).toBe(503));
  const up = await down();
  const page = await at("/products");
  expect([page.status, Number(page.headers.get("retry-after")) > 0]).toEqual([503, true]);
  expect(await page.text()).toContain("Gudang pindah");
  expect((await at("/api/health")).status).toBe(200);
  const status = await at("/status");
  expect([status.status, (await status.text()).includes(messages("id").status.history)]).toEqual([200, true]);
  await up();
  await stored(`update app.maintenance set state = 'ENDED', ended_at = now(); ${marked}`);
  await until(async () => expect((await at("/products")).status).toBe(200));
});

test("without Postgres a lead is mailed once and kept, and stored once when it is back", async () => {
  const up = await down();
  const answer = await send("081270000001");
  expect(answer.status).toBe(202);
  expect((await send("081270000001")).status).toBe(202); // Pressed again.
  expect(state.list()).toMatchObject([{ to: ["sales@alfa.test"], subject: expect.stringContaining("Salon 0812") }]);
  expect(kept()).toHaveLength(1);
  expect(fs.statSync(kept()[0]!).mode & 0o777).toBe(0o600);

  // The form is there too, without the database.
  const page = await (await fetch(`${origin}/mitra`)).text();
  expect(page).toContain(t.title);
  await up();
  await until(() => expect(kept()).toEqual([]));
  expect(
    await stored(
      `select state, business_name, (select count(*)::int from app.mails where kind = 'LEAD_RECEIVED') as mails
         from app.leads`,
    ),
  ).toEqual([{ state: "NEW", business_name: "Salon 081270000001", mails: 0 }]);
  expect((await send("081270000001")).status).toBe(202);
  expect(await stored("select count(*)::int as n from app.leads")).toEqual([{ n: 1 }]);
});

test("neither database nor mail: the sender is told what to do, what he typed stays, and nothing is kept", async () => {
  const up = await down();
  state.mode = "down";
  try {
    const { status, headers } = await send("081270000002");
    expect([status, headers.get("content-type")]).toEqual([503, "application/problem+json"]);
    const stamp = /name="form_shown" value="([^"]+)"/.exec(await (await fetch(`${origin}/mitra`)).text())![1]!;
    const post = () =>
      fetch(`${origin}/mitra`, {
        method: "POST",
        body: new URLSearchParams({ ...lead("081270000003"), consent: "yes", form_shown: stamp }),
        redirect: "manual",
      });
    const html = await until(async () => {
      const text = await (await post()).text();
      expect(text).not.toContain(t.tooFast); // A person takes three seconds.
      return text;
    });
    expect(html).toContain(t.lost);
    expect(html).toContain("https://wa.me/628110000000");
    expect(html).toContain('value="Salon 081270000003"');
    expect(kept()).toEqual([]);
    state.mode = "up";
    const sent = await post();
    expect([sent.status, sent.headers.get("location")]).toEqual([303, "/mitra/terima-kasih"]);
    expect((await fetch(`${origin}/mitra/terima-kasih`)).status).toBe(200);
  } finally {
    await up();
  }
  await until(async () => expect(await stored("select count(*)::int as n from app.leads")).toEqual([{ n: 2 }]));
  expect(state.list()).toHaveLength(2);
});
