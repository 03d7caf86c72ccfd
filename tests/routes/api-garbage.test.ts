import {
  assert,
  asyncProperty,
  type Arbitrary,
  constant,
  dictionary,
  oneof,
  jsonValue,
  option,
  record,
  string,
  stringMatching,
  constantFrom,
  uint8Array,
} from "fast-check";
import { expect, test, vi } from "vitest";
import { limits } from "#app/api/limits.ts";
import { everybody } from "./support/everybody.ts";
import { documented, type Op, type Schema, unlike } from "./support/contract.ts";
import type { Persona } from "./support/senders.ts";
import { ask } from "./support/whole-app.ts";

// Whatever a program sends is answered as the document says, and never by an error of ours. What is sent is made from
// the document: some of it right, most of it almost right, the rest nothing of the kind.
const said = vi.hoisted((): { errors: unknown[] } => ({ errors: [] }));
vi.mock("#app/http/log.server.ts", () => {
  const keep = (...line: unknown[]) => void said.errors.push(line);
  return { log: { error: keep, warn: keep, info: () => undefined } };
});

const { site, cookies } = everybody();
const runs = 60;
/** One seed for each run of this file, told with what fails; ALFA_SEED repeats one. */
const seed = Number(process.env.ALFA_SEED ?? Date.now() % 2 ** 31);

const odd = constantFrom(
  "",
  "-1",
  "NaN",
  "1e400",
  "9".repeat(400),
  "\u0000",
  "\ud83d\ude00",
  "' or 1=1 --",
  "%00",
  "../..",
);
const text = oneof(
  { weight: 3, arbitrary: string({ unit: "grapheme", maxLength: 60 }) },
  { weight: 2, arbitrary: odd },
);

/** A value that a schema allows, as far as it is told by words, patterns and types. */
function fitting({ type, enum: words, pattern, properties }: Schema): Arbitrary<unknown> {
  if (words) return constantFrom(...words);
  if (properties)
    return record(Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, fitting(one)])), {
      requiredKeys: [],
    });
  if (pattern && pattern.length < 100) return stringMatching(new RegExp(pattern), { maxLength: 60 });
  if (type === "boolean") return constantFrom(true, false);
  if (type === "string") return string({ maxLength: 30 });
  return constantFrom<unknown>(1, "1", null);
}
const almost = (schema: Schema): Arbitrary<unknown> =>
  oneof(
    { weight: 3, arbitrary: fitting(schema) },
    { weight: 2, arbitrary: text },
    { weight: 1, arbitrary: jsonValue() },
  );

const mixed = (schemas: Record<string, Schema>): Arbitrary<Record<string, unknown>> =>
  record(Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, almost(schema)])), {
    requiredKeys: [],
  });

const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value)).toWellFormed();

function requestOf({ operation, method }: Op) {
  const queries = Object.fromEntries(
    operation.parameters.filter((one) => one.in === "query").map(({ name, schema }) => [name, schema]),
  );
  const { schema: body } = operation.requestBody?.content["application/json"] ?? {};
  const [fields, types] = [body?.properties ?? {}, Object.keys(operation.requestBody?.content ?? {})];
  return record({
    who: constantFrom<Persona>("guest", "budi", "sari", "agus acting", "admin", "auditor"),
    method: oneof(
      { weight: 8, arbitrary: constant(method) },
      { weight: 1, arbitrary: constantFrom("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE") },
    ),
    query: mixed(queries),
    more: dictionary(string({ maxLength: 8 }), text, { maxKeys: 2 }),
    body: oneof(
      { weight: 5, arbitrary: mixed(fields) },
      { weight: 1, arbitrary: jsonValue() },
      { weight: 1, arbitrary: uint8Array({ maxLength: 200 }) },
    ),
    type: oneof(
      { weight: 6, arbitrary: constantFrom(...types, "application/json") },
      {
        weight: 1,
        arbitrary: constantFrom("", "text/plain", ";;;", "multipart/form-data", "application/json; charset=klingon"),
      },
    ),
    key: option(
      oneof(
        { weight: 3, arbitrary: stringMatching(/^[!-~]{1,20}$/) },
        { weight: 1, arbitrary: stringMatching(/^[ -~]{1,250}$/) },
      ),
    ),
  });
}
type Asked = ReturnType<typeof requestOf> extends Arbitrary<infer T> ? T : never;

function sent({ method, body, type, key, who }: Asked): RequestInit {
  const form =
    type.includes("urlencoded") && typeof body === "object" && body !== null && !(body instanceof Uint8Array);
  const content = form
    ? new URLSearchParams(Object.entries(body).map(([name, value]) => [name.toWellFormed(), asText(value)])).toString()
    : body instanceof Uint8Array
      ? new Uint8Array(body)
      : asText(body);
  return {
    method,
    ...(["GET", "HEAD"].includes(method) ? {} : { body: content }),
    headers: { cookie: cookies[who] ?? "", "content-type": type, ...(key ? { "idempotency-key": key } : {}) },
  };
}

const methodsOf = (op: Op) => documented.filter(({ path }) => path === op.path).map(({ method }) => method);
/** Answered by the server itself, whatever is asked: methods make no difference there. */
const constantOps = ["health", "rum"];

test.each(
  documented
    .filter(({ operation }) => !constantOps.includes(operation.operationId))
    .map((op) => [op.operation.operationId, op] as const),
)(
  "%s, asked with garbage",
  async (_, op) => {
    Object.assign(limits(), { reads_per_minute: 1_000_000 });
    said.errors.length = 0;
    const statuses = new Set<number>();
    const play = async (asked: Asked) => {
      const params = new URLSearchParams(
        [...Object.entries(asked.query), ...Object.entries(asked.more)].map(([name, value]) => [
          name.toWellFormed(),
          asText(value),
        ]),
      );
      const answer = await ask(site.origin, `${op.path}?${params}`, sent(asked));
      statuses.add(answer.status);
      // HEAD is answered as GET is, without a body.
      expect(await unlike({ ...op, method: asked.method }, answer)).toBeNull();
      expect(answer.status).toBeLessThan(500);
      expect(said.errors).toEqual([]);
    };
    await assert(asyncProperty(requestOf(op), play), { seed, numRuns: runs, endOnFailure: true });
    expect(methodsOf(op)).toContain(op.method);
    // Control: something of it was right, something was not.
    expect([...statuses].some((status) => status >= 400)).toBe(true);
  },
  120_000,
);
