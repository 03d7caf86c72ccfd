import fs from "node:fs";
import { vi } from "vitest";
import { z } from "zod";
import type { Audience } from "#app/http/page.server.ts";
import { routeModules, siteMap } from "./whole-app.ts";

const asked: { audience?: Audience; schema?: z.ZodType } = {};
const params = new Set<string>();

/** Stands for `page` and `submit` (vi.mock): notes whom a page or form is for, with its schema, and goes no further. */
export function note(_args: unknown, audience: Audience, schema: unknown): never {
  asked.audience = audience;
  if (schema instanceof z.ZodType) asked.schema = schema;
  throw new Error("noted");
}

/** From here on the names of parameters that an address is asked for are noted. */
export function noteParams() {
  for (const method of ["get", "getAll"] as const) {
    const real = URLSearchParams.prototype[method] as (name: string) => never;
    vi.spyOn(URLSearchParams.prototype, method).mockImplementation(function (this: URLSearchParams, name: string) {
      params.add(name);
      return real.call(this, name);
    });
  }
}

/** Calls a loader or an action as far as `page` or `submit`, and says what it asked for until then. */
async function call(entrance: unknown, args: Record<string, string>) {
  asked.audience = asked.schema = undefined;
  params.clear();
  const answer = await Promise.resolve()
    .then(() =>
      (entrance as (args: unknown) => unknown)({
        request: new Request("http://alfa.test/"),
        params: args,
        context: {},
      }),
    )
    .catch(() => null); // What comes after `page` and `submit` has no request of ours.
  return { ...asked, params: [...params], leadsOn: answer instanceof Response };
}

const people: Record<Audience, string> = {
  anyone: "everyone",
  "signed-in": "whoever is signed in",
  store: "stores, and salesmen in Shadow Mode",
  owner: "stores",
  salesman: "salesmen",
  staff: "admin, auditor",
  admin: "admin",
  auditor: "auditor",
};

/** Actions that read their form without a schema: its fields, and whom it is for. */
const byHand: Record<string, [fields: string, people: string]> = {
  "/api/leads": ["the fields of `/mitra` but `form_shown`, as a form or JSON; header `Idempotency-Key`?", "everyone"],
  "/language": ["`lang` (`id`, `en`) `next`?", "everyone"],
  "/logout": ["`interrupted`?", "everyone"],
  "/orders/:number/whatsapp": ["", "whoever may see the order"],
  "/webhooks/resend": ["JSON, signed", "the mail provider"],
  "/webhooks/uptime": ["JSON, with a secret", "the watcher, and a service that looks at the site from outside"],
};
/** Parameters that a page finds by going through all of them. */
const lookedThrough: Record<string, string> = { "/admin/reconcile/bulk": "o-<number>" };
/** Fields whose names say which article or order they are about: a schema of any fields. */
const named: Record<string, string> = {
  "/admin/reconcile/bulk": "`o-<number>`",
  "/cart": "`quantity-<SKU>` `shown-<SKU>`? `remove`? `go`? (`save`, `checkout`)",
  "/admin/playbooks/:slug/:run/end": "`note-<step>`? `reason-<step>`?",
  "/admin/playbooks/:slug/:run/leave": "`note-<step>`? `reason-<step>`?",
  "/admin/playbooks/:slug/:run/tick": "`note-<step>`?",
  "/admin/playbooks/:slug/:run/untick": "`reason-<step>`?",
  "/products": "`quantity-<SKU>` `add`? `q`? `brand`? `category`? `sort`?",
  "/products/:sku": "`quantity-<SKU>` `add`?",
};

type Json = {
  properties?: Record<string, { enum?: string[]; const?: string }>;
  required?: string[];
  additionalProperties?: unknown;
};
/** A form's fields: «?» may be left out, in brackets the values that a field takes. */
function fieldsOf(path: string, schema: z.ZodType): string {
  const {
    properties = {},
    required = [],
    additionalProperties,
  } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
  }) as Json;
  const fields = Object.entries(properties).map(([name, { enum: values, const: only }]) => {
    const taken = (only ? [only] : (values ?? [])).map((value) => `\`${value}\``).join(", ");
    return `\`${name}\`${required.includes(name) ? "" : "?"}${taken && ` (${taken})`}`;
  });
  if (additionalProperties && !named[path]) throw new Error(`The fields of ${path} are not known.`);
  return [...fields.filter((field) => !field.startsWith("`shown_for`")), named[path] ?? []].flat().join(" ");
}

/** The names in `const acts = {…}` of a route that looks its last part up there, with that part's own name. */
export function actsIn(source: string): { part: string; acts: string[] } | null {
  const [, table, part] = /Object\.hasOwn\((\w+), (\w+)\)/.exec(source) ?? [];
  if (!table || !part) return null;
  const body = new RegExp(`const ${table} = \\{(.*?)\\n?\\};`, "s").exec(source)![1]!;
  const keys = body.includes("\n") ? body.matchAll(/^ {2}(\w+):/gm) : body.matchAll(/(\w+):/g);
  return { part, acts: [...keys].map(([, key]) => key!) };
}

const addressOf = ([first = ""]: string[]) => /[^`?]+/.exec(first)![0];
const byAddress = (a: string[], b: string[]) => (addressOf(a) < addressOf(b) ? -1 : 1);

/** Two tables: the pages with the parameters of their addresses, and the forms with their fields. */
export async function addressTables(): Promise<string> {
  const modules = await routeModules();
  const pages: string[][] = [];
  const forms: string[][] = [];
  for (const { id, path = "", file } of siteMap().filter(({ path }) => path !== "*" && !path?.startsWith("api/"))) {
    const module = modules[id]!;
    const source = fs.readFileSync(`app/${file}`, "utf8");
    const found = actsIn(source);
    const [, whole = "", last] = /^(.*?)(?:\/([^/]+)\?)?$/.exec(`/${path}`)!;

    const loaded = await call(module.loader ?? (() => null), {});
    if (module.default ? !loaded.leadsOn : loaded.audience) {
      const later = [...source.matchAll(/[pP]arams\.get\("(\w+)"\)/g)].map(([, name]) => name!);
      const query = [
        ...new Set([...loaded.params, ...later, ...(lookedThrough[whole] ? [lookedThrough[whole]] : [])]),
      ].join("&");
      const address = (at: string) => `\`${at}${query && `?${query}`}\``;
      pages.push([address(whole), people[loaded.audience ?? "anyone"]]);
      if (last?.startsWith(":") && !found)
        pages.push([address(`${whole}/${last}`), people[loaded.audience ?? "anyone"]]);
    }
    if (!module.action) continue;
    for (const act of found?.acts ?? [last ?? null]) {
      const at = act === null ? whole : `${whole}/${act}`;
      const sent = await call(module.action, found ? { [found.part]: act! } : {});
      const told = sent.schema ? [fieldsOf(at, sent.schema), people[sent.audience!]] : byHand[at];
      if (!told) throw new Error(`The fields of ${at} are not known.`);
      forms.push([`\`POST ${at}\``, ...told]);
    }
  }
  const table = (heads: string[], rows: string[][]) =>
    [heads, heads.map(() => "-"), ...rows.sort(byAddress)].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  return `${table(["page", "for"], pages)}\n\n${table(["form", "fields", "for"], forms)}`;
}
