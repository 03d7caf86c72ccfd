import fs from "node:fs";
import { z } from "zod";
import type { Audience } from "#app/http/page.server.ts";
import { keysOf } from "#app/ui/keys.ts";
import { actsIn } from "./addresses.ts";
import { admitted, type Persona } from "./senders.ts";
import { siteMap } from "./whole-app.ts";

type Submit = typeof import("#app/http/submit.server.ts");
const last: { schema?: z.ZodType; issues?: z.core.$ZodIssue[] } = {};

/** Takes the place of the real module (vi.mock): notes the schema of each form and what it found, and goes on. */
export const noteSchemas = (real: Submit): Submit => ({
  ...real,
  submit: (args, audience, schema, save) => {
    last.schema = schema;
    const safeParse: typeof schema.safeParse = (value, params) => {
      const result = schema.safeParse(value, params);
      last.issues = result.error?.issues;
      return result;
    };
    return real.submit(args, audience, Object.assign(Object.create(schema), { safeParse }) as typeof schema, save);
  },
});

/** What was wrong with this field of the form that was sent last. */
export const foundIn = (field: string): string[] =>
  (last.issues ?? []).filter(({ path }) => path[0] === field).map(({ message }) => message);

type Field = { maxLength?: number; pattern?: string; enum?: unknown[] };
/** The fields of the form that was sent last. */
export function lastFields(): Record<string, Field> {
  if (!last.schema) throw new Error("No form was sent.");
  const { properties, additionalProperties } = z.toJSONSchema(last.schema, { io: "input", unrepresentable: "any" });
  last.schema = undefined;
  const more = additionalProperties ? ["quantity-ALF-0001", "shown-ALF-0001", "o-ORD-2026-000001"] : [];
  return { ...Object.fromEntries(more.map((name) => [name, {}])), ...properties } as Record<string, Field>;
}

const isAudience = (name: string): name is Audience => keysOf(admitted).some((each) => each === name);

/** Every address that takes a form by a schema, with somebody whom it is for. */
export const formAddresses = (): Array<[path: string, who: Persona]> =>
  siteMap().flatMap(({ path = "", file }) => {
    const source = fs.readFileSync(`app/${file}`, "utf8");
    const audience = /\bsubmit\(args, "([\w-]+)"/.exec(source)?.[1];
    if (!audience || !isAudience(audience)) return [];
    const acts = actsIn(source);
    const at = (act?: string) => `/${path}`.replace(/:(\w+)\?$/, (part) => (acts ? act! : part));
    const who = admitted[audience][0]!;
    return (acts?.acts ?? [undefined]).map((act): [string, Persona] => [at(act), who]);
  });
