import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exitOf, type Finding } from "#scripts/doctor/finding.ts";
import { checkMailDomain } from "#scripts/doctor/mail.ts";
import { checkAuth, checkErp } from "#scripts/doctor/outside.ts";
import { checkSettings } from "#scripts/doctor/settings.ts";
import { environments } from "#scripts/environment.ts";
import { root } from "#scripts/places.ts";
import { erpHandlers } from "#mocks/erp/handlers.ts";
import { ErpState } from "#mocks/erp/state.ts";
import { serve, type Served } from "#mocks/serve.ts";
import { connect, seededDatabase } from "#tests/support/database.ts";
import { startDns } from "#tests/support/dns.ts";

// Everything is well at first; then each thing is broken once, is named, and is told how to be mended.
const database = seededDatabase();
const domain = "toko-kita.co.id";
const texts = new Map<string, string[]>();
let owner: pg.Client;
let erp: Served;
let dns: Awaited<ReturnType<typeof startDns>>;
let folder: string;
let settings: ReturnType<typeof environments>;

beforeAll(async () => {
  owner = await connect(database.adminUrl);
  await owner.query("update app.erp_circuit set last_ok_at = now()");
  erp = await serve(erpHandlers(new ErpState({})), 0);
  texts.set(`send.${domain}`, ["v=spf1 include:amazonses.com ~all"]);
  texts.set(`resend._domainkey.${domain}`, [`p=${"A".repeat(216)}`]);
  texts.set(`_dmarc.${domain}`, ["v=DMARC1; p=none;"]);
  dns = await startDns(texts);
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-doctor-"));
  const ports = { postgres: database.port, auth: 49151, erp: erp.port, mail: 49149, sms: 49148, web: 3000 };
  settings = environments(folder, ports, database.credentials);
  settings.worker.MAIL_FROM = `Alfa <order@${domain}>`;
});
afterAll(async () => {
  await Promise.all([erp.close(), dns.stop()]);
  fs.rmSync(folder, { recursive: true });
});

const wrong = (found: Finding[]) => found.filter(({ state }) => state !== "OK");

test("settings: what is missing is named by each process itself, and never with a value", () => {
  expect(wrong(checkSettings("web", settings.web))).toEqual([]);
  expect(wrong(checkSettings("worker", settings.worker))).toEqual([]);
  const { DATABASE_URL: _, ...without } = settings.web;
  const found = checkSettings("web", { ...without, SUPABASE_PUBLISHABLE_KEY: "changeme-geheim-lama" });
  expect(found.map(({ what }) => what)).toEqual([
    "DATABASE_URL is missing",
    "SUPABASE_PUBLISHABLE_KEY is a placeholder, not a real secret",
  ]);
  expect(found[0]!.todo).toMatch(/\.env\.example/);
});

test("the mail domain: each record that is missing, and a resolver that does not answer", async () => {
  const check = () => checkMailDomain(`Alfa <order@${domain}>`, dns.server);
  expect(wrong(await check())).toEqual([]);
  for (const [name, at] of [
    ["SPF", `send.${domain}`],
    ["DKIM", `resend._domainkey.${domain}`],
    ["DMARC", `_dmarc.${domain}`],
  ] as const) {
    const kept = texts.get(at)!;
    texts.set(at, ["google-site-verification=x"]);
    expect(wrong(await check())).toEqual([
      { area: "mail domain", state: "BAD", what: `${domain} has no ${name} record`, todo: expect.stringContaining(at) },
    ]);
    texts.delete(at);
    expect(wrong(await check())).toHaveLength(1);
    texts.set(at, kept);
  }
  expect(exitOf(await checkMailDomain(`order@${domain}`, "127.0.0.1:1"))).toBe(2);
  expect(exitOf(await checkMailDomain("nobody", dns.server))).toBe(2);
  expect(exitOf(await checkMailDomain("order@alfa.test", "127.0.0.1:1")), "a demo's").toBe(0);
});

test("the ERP and sign-in: there, and not", async () => {
  expect((await checkErp(settings.worker)).state).toBe("OK");
  const away = await checkErp({ ...settings.worker, ERP_BASE_URL: "http://127.0.0.1:1" });
  expect(away).toMatchObject({
    state: "BAD",
    what: expect.stringMatching(/connection/),
    todo: expect.stringMatching(/erp-heartattack/),
  });
  expect((await checkErp({})).state).toBe("UNKNOWN");
  expect(await checkAuth(settings.web)).toMatchObject({ state: "BAD", what: "cannot be reached (ECONNREFUSED)" });
});

/** The command itself. */
function doctor(args: string[], env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, "scripts/doctor.ts"), ...args], {
      env: { PATH: process.env.PATH, NODE_ENV: "production", ...env },
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
    child.on("close", (code) => resolve({ code, said }));
  });
}
const written = (name: string, values: Record<string, string>) => {
  const file = path.join(folder, name);
  fs.writeFileSync(
    file,
    Object.entries(values)
      .map(([key, value]) => `${key}="${value}"\n`)
      .join(""),
  );
  return file;
};

test("the command says all of it, ends by how it is, and no secret of anybody's stands in it", async () => {
  const files = [
    "--web",
    written("web.env", settings.web),
    "--worker",
    written("worker.env", settings.worker),
    "--dns",
    dns.server,
  ];
  const { code, said } = await doctor(files, { ADMIN_DATABASE_URL: database.adminUrl });
  // Sign-in is the one that is not there.
  expect([code, said.match(/^WRONG .*/gm)]).toEqual([1, [expect.stringMatching(/sign-in: cannot be reached/)]]);
  const values = [...Object.values(settings.web), ...Object.values(settings.worker), database.adminUrl];
  const secrets = [...Object.values(database.credentials), ...values.filter((value) => /:\/\/.*:.*@/.test(value))];
  expect(secrets.length).toBeGreaterThan(8);
  for (const secret of secrets.filter((one) => typeof one === "string" && one.length > 7))
    expect(said).not.toContain(secret);
  for (const odd of [
    [...files, "--what"],
    ["--web", path.join(folder, "none.env")],
  ])
    expect((await doctor(odd, {})).code).toBe(2);
  expect((await doctor(["--web", files[1]!, "--worker", files[3]!], {})).said).toMatch(/ADMIN_DATABASE_URL is missing/);
});

test("the gate: what may be deployed by what of the budgets is used", async () => {
  const env = { ADMIN_DATABASE_URL: database.adminUrl };
  const gate = async (...args: string[]) => (await doctor(["--deploy-gate", ...args], env)).code;
  const use = (bad: number) =>
    owner.query(
      `insert into app.objective_slots values ('answers', private.slot_of(now()), 100000, $1)
        on conflict (objective, slot) do update set bad = excluded.bad`,
      [bad],
    );
  await owner.query("delete from app.objective_slots; update private.objective_counts set counted_at = now()");
  expect(await gate()).toBe(0);
  const codes = async () => [await gate(), await gate("--critical"), await gate("--reliability")];
  await use(49);
  expect(await codes()).toEqual([0, 0, 0]);
  await use(50);
  expect(await codes()).toEqual([1, 0, 0]);
  await use(80);
  expect(await codes()).toEqual([1, 1, 0]);
  const { said } = await doctor(["--deploy-gate"], env);
  expect(said).toMatch(/Used furthest: answers, 80 % of what may be bad in 30 days \(80 of 100000\)/);
  expect(said).toMatch(/Not measured, and not counted as kept: .*routing, credit-accuracy/);
  // Nobody counts any more: that nothing was used is not known.
  await use(0);
  await owner.query("update private.objective_counts set counted_at = now() - interval '16 minutes'");
  expect(await codes()).toEqual([2, 2, 0]);
  expect((await doctor(["--deploy-gate"], { ADMIN_DATABASE_URL: "postgres://x:y@127.0.0.1:1/x" })).code).toBe(2);
}, 60_000);
