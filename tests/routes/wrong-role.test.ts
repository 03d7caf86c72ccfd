import fs from "node:fs";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { messages } from "#app/words.ts";
import type { Audience } from "#app/http/page.server.ts";
import { people } from "#tests/support/cast.ts";
import { everybody } from "./support/everybody.ts";
import { ask, routeModules, siteMap } from "./support/whole-app.ts";
import { personas, type Persona, admitted, wrong, shownFor, filled, nobody, plausible } from "./support/senders.ts";

// Who may send what. A form of somebody it is not for is turned away unread: 403, whatever is in it and whatever its
// address names.

/** Every address that takes a form, and whom it is for. By hand: it is the proof. */
const forms: Record<string, Audience> = {
  "/acting/end": "salesman",
  "/clients/:code/acting": "salesman",
  "/cart": "store",
  "/cart/items": "store",
  "/products": "store",
  "/products/:sku": "store",
  "/checkout": "store",
  "/orders/:number/dispute": "owner",
  "/shadow": "owner",
  "/admin/accounts/:code/holds/:number": "admin",
  "/admin/accounts/:code/lift": "admin",
  "/admin/accounts/:code/lift-request": "admin",
  "/admin/accounts/:code/logout": "admin",
  "/admin/accounts/:code/suspension": "admin",
  "/admin/alerts/:number/:step?": "admin",
  "/admin/approvals/:number/decision?": "admin",
  "/admin/approvals/selected": "admin",
  "/admin/orders/selected": "admin",
  "/admin/disputes/:number": "admin",
  "/admin/erp/checkpoints": "admin",
  "/admin/erp/feeds/:feed": "admin",
  "/admin/erp/stock": "admin",
  "/admin/erp/test": "admin",
  "/admin/incidents/:ref/:act?": "admin",
  "/admin/incidents/:ref/post-mortem/:act?": "admin",
  "/admin/incidents/duty": "admin",
  "/admin/incidents/duty/person": "admin",
  "/admin/incidents/duty/rota": "admin",
  "/admin/incidents/known-errors": "admin",
  "/admin/incidents/known-errors/add": "admin",
  "/admin/leads/:number": "admin",
  "/admin/leads/erasures": "admin",
  "/admin/leads/erasures/:number": "admin",
  "/admin/leads/export": "admin",
  "/admin/incidents/:ref/report": "admin",
  "/admin/detectors": "admin",
  "/admin/playbooks/:slug": "admin",
  "/admin/playbooks/:slug/:run/:act?": "admin",
  "/admin/incidents/:ref/breach/:act?": "admin",
  "/admin/privacy": "admin",
  "/admin/privacy/:number/:act?": "admin",
  "/admin/orders/:number/status?": "admin",
  "/admin/orders/:number/told": "admin",
  "/admin/reconcile/:number/:act?": "admin",
  "/admin/reconcile/bulk": "admin",
  "/admin/reconcile/run": "admin",
  "/admin/settings/:key?": "admin",
  "/admin/status/:act?": "admin",
  "/admin/tasks/:id": "admin",
  "/admin/cases/:code/notes?": "staff",
  "/admin/cases/:code/export": "auditor",
  "/admin/reviews/:month/:code?": "auditor",
  "/login": "anyone",
  "/password/forgot": "anyone",
  "/password/reset": "anyone",
  "/bukan-saya/:token": "anyone",
  "/mitra": "anyone",
  "/status": "anyone",
  "/status/confirm/:token": "anyone",
  "/status/unsubscribe/:token": "anyone",
  "/lapor": "anyone",
  "/privasi/permintaan": "anyone",
};
/** What takes a POST and is no form: for everybody, or judged by something else than a role. */
const others = [
  "/*", // nobody's address: 404
  "/language",
  "/logout", // of the browser
  "/api/*", // 404
  "/api/leads", // for everybody, by no cookie
  "/api/orders",
  "/api/orders/sla/pending", // tests/routes/api-contract.test.ts
  ...[
    "credit/status",
    "inventory/sync-status",
    "invoices",
    "leads/export",
    "openapi.json",
    "products",
    "ready",
    "regions",
  ].map(
    (path) => `/api/${path}`, // 405
  ),
  "/api/rum", // the server's own, before Remix: 204 whatever it is
  "/orders/:number/whatsapp", // a ping beside a link; 404 unless the order is the sender's to read
  "/webhooks/resend", // by its signature
  "/webhooks/uptime", // by its secret
];
const addresses = siteMap().map(({ id, path = "" }) => ({ id, path: `/${path}` }));
const { owner, site, cookies, known } = everybody();
Object.assign(known, { step: "again", act: "note" });
let acting: string;
let key: string;

beforeAll(async () => {
  acting = (
    await owner.query<{ code: string }>(
      `
        select p.code from app.assignments a join app.partners p on p.id = a.partner_id where a.salesman_id = $1
          order by p.code limit 1`,
      [people.agus],
    )
  ).rows[0]!.code;
  expect(
    (await post("agus acting", `/clients/${acting}/acting`, { type: form, body: "reason=Kunjungan+rutin" })).status,
  ).toBe(303);
  const { rows } = await owner.query<{ checkout_key: string }>(
    "select checkout_key from app.orders where number = $1",
    [known.number],
  );
  key = rows[0]!.checkout_key;
}, 120_000);
const forget = () => owner.query("delete from private.refusals_noted");
beforeEach(forget);

const form = "application/x-www-form-urlencoded";
type Body = { type?: string; body?: string; browser?: boolean };
async function post(who: Persona, path: string, { type, body, browser }: Body, lang = "id") {
  const cookie = [cookies[who], `lang=${lang}`].filter(Boolean).join("; ");
  const answer = await ask(site.origin, path, {
    method: "POST",
    body,
    headers: { cookie, ...(type ? { "content-type": type } : {}), ...(browser ? { origin: site.origin } : {}) },
  });
  return { status: answer.status, text: await answer.text(), location: answer.headers.get("location") };
}

/**
 * Nothing, what is no form at all, what a browser would send from an old page, and what is right for some page of ours;
 * with a checkout key that is in use.
 */
const bodies = (who: Persona): Record<string, Body> => ({
  empty: {},
  unreadable: { type: "multipart/form-data; boundary=x", body: "--x\r\nhalf" },
  "of an old page": { type: form, body: "note=x", browser: true },
  plausible: {
    type: form,
    browser: true,
    body: new URLSearchParams({
      shown_for: shownFor[who],
      ...plausible,
      checkout_key: key,
    }).toString(),
  },
});

test("every address that takes a POST is known here, and declares the audience that it has here", async () => {
  const modules = await routeModules();
  const actions = addresses.filter(({ id }) => "action" in modules[id]!);
  expect(actions.map(({ path }) => path).sort()).toEqual([...Object.keys(forms), ...others].sort());
  for (const { id, path } of actions.filter(({ path }) => path in forms)) {
    const file = siteMap().find((route) => route.id === id)!.file;
    const source = fs.readFileSync(`app/${file}`, "utf8");
    const declared = [...source.matchAll(/\b(?:submit|nowhere|addTyped)\(args, "([\w-]+)"/g)].map(
      ([, audience]) => audience,
    );
    expect([path, new Set(declared)]).toEqual([path, new Set([forms[path]])]);
    expect([path, /\baction\b[^]*\b(readForm|formData)\(/.test(source)]).toEqual([path, false]);
  }
});

/** All that is kept, but for what a refusal leaves by design. */
async function fingerprint(): Promise<Record<string, string>> {
  const tables = (
    await owner.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname in ('app', 'private', 'auth', 'jobs')`,
    )
  ).rows;
  const kept = tables
    .filter(({ name }) => !/^private\.(refusals_noted|audit_)/.test(name))
    .map(
      ({ name }) =>
        `
          select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)),
            '') as mark from ${name} t ${name === "app.audit_events" ? "where action <> 'ACCESS_REFUSED'" : ""}`,
    );
  return Object.fromEntries(
    (await owner.query<{ name: string; mark: string }>(kept.join(" union all "))).rows.map(({ name, mark }) => [
      name,
      mark,
    ]),
  );
}
const noted = async (since: number) =>
  (
    await owner.query<{ detail: { status: number } }>(
      "select detail from app.audit_events where action = 'ACCESS_REFUSED' and id > $1",
      [since],
    )
  ).rows;
const last = async () =>
  (await owner.query<{ id: number }>("select coalesce(max(id), 0) as id from app.audit_events")).rows[0]!.id;

const restricted = Object.entries(forms).filter(([, audience]) => audience !== "anyone");
const refused = messages("id").http.codes.DENIED;

test.each(restricted)(
  "POST %s, which is for %s: 403 to every other role, unread, noted, with nothing changed",
  async (path, audience) => {
    const before = await fingerprint();
    for (const who of wrong(audience)) {
      await forget();
      const mark = await last();
      const tries = [
        ...Object.entries(bodies(who)).map(([what, body]) => [filled(path, known), what, body] as const),
        [filled(path, nobody), "plausible", bodies(who).plausible!] as const,
      ];
      for (const [address, what, body] of tries) {
        const { status, text } = await post(who, address, body);
        expect([who, address, what, status]).toEqual([who, address, what, 403]);
        expect(text).toContain("<!doctype html>");
        expect(text).toContain(refused);
      }
      expect([who, (await noted(mark)).map(({ detail }) => detail.status)]).toEqual([who, tries.map(() => 403)]);
    }
    expect(await fingerprint()).toEqual(before);
  },
);

test.each(restricted)(
  "POST %s, which is for %s: a guest is asked to sign in, with what he typed kept",
  async (path) => {
    const before = await fingerprint();
    for (const address of [filled(path, known), filled(path, nobody)]) {
      const { status, text } = await post("guest", address, bodies("guest").plausible!);
      expect([address, status]).toEqual([address, 401]);
      expect(text).toContain('name="interrupted"');
      expect([address, (await post("guest", address, {})).status]).toEqual([address, 401]);
    }
    expect(await fingerprint()).toEqual(before);
  },
);

test("the refusal is in the reader's language", async () => {
  expect((await post("budi", "/admin/reconcile/run", {}, "en")).text).toContain(messages("en").http.codes.DENIED);
  expect(messages("en").http.codes.DENIED).not.toBe(refused);
});

test("what takes no form says so to everybody alike", async () => {
  const modules = await routeModules();
  for (const { path } of addresses.filter(({ id, path }) => !("action" in modules[id]!) && path !== "/api/health")) {
    const answers = await Promise.all(
      personas.map(async (who) => (await post(who, filled(path, known), bodies(who).plausible!)).status),
    );
    expect([path, new Set(answers)]).toEqual([path, new Set([405])]);
  }
});

test("a salesman between two stores, who could be one in the next moment, hears that he is none: 409", async () => {
  for (const path of ["/cart", "/cart/items", "/products", "/checkout"]) {
    for (const body of [{}, { type: form, body: `quantity=x&key=${key}` }]) {
      const { status, text } = await post("sari", path, body);
      expect([path, status]).toEqual([path, 409]);
      expect(text).toContain(messages("id").shadow.codes.NO_STORE);
    }
  }
});

test.each(Object.entries(forms))("control: POST %s lets in whom it is for (%s)", async (path, audience) => {
  for (const who of admitted[audience]) {
    const address = filled(path, known);
    for (const [what, body] of Object.entries(bodies(who))) {
      const { status } = await post(
        who,
        address,
        what === "plausible" ? { ...body, browser: false, body: body.body?.replace(/shown_for=[^&]*&/, "") } : body,
      );
      expect([who, address, what, status === 403 || status >= 500 ? status : "let in"]).toEqual([
        who,
        address,
        what,
        "let in",
      ]);
    }
  }
});

test("control: what is left changed is seen", async () => {
  const before = await fingerprint();
  expect((await post("budi", "/cart/items", { type: form, body: "sku=ALF-0001&quantity=1" })).status).toBe(303);
  expect(await fingerprint()).not.toEqual(before);
});
