import { z } from "zod";
import { type Operation, operations } from "./contract.ts";
import { type ProblemName, problemNames, problems, problemSchema } from "./problems.ts";

type Json = Record<string, unknown>;
type Words = {
  title: string;
  description: string;
  operations: Record<keyof typeof operations, { title: string; what: string }>;
  statuses: Record<number, string>;
  key: string;
};

// Every limit that a body or an address is held to is in its schema; `$schema` is the document's.
function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}

/** The API as an OpenAPI 3.1 document: what `operations` and the shapes say, in the words of whoever reads it. */
export function openApi(words: Words, appUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const [name, operation] of Object.entries(operations) as Array<[keyof typeof operations, Operation]>) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: operationOf(name, operation, words),
    };
  }
  return {
    openapi: "3.1.0",
    info: { title: words.title, version: "1.0.0", description: words.description },
    servers: [{ url: appUrl }],
    paths,
    components: {
      schemas: Object.fromEntries(problemNames.map((name) => [name, schemaOf(problemSchema(name), "output")])),
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "alfa-session" },
        token: { type: "http", scheme: "bearer" },
      },
    },
  };
}

function operationOf(name: keyof typeof operations, operation: Operation, words: Words): Json {
  const { title, what } = words.operations[name];
  return {
    operationId: name,
    summary: title,
    description: what,
    security: securityOf(operation),
    parameters: [...paramsOf(operation), ...(operation.key ? [keyParam(operation.key, words)] : [])],
    ...(operation.body ? { requestBody: bodyOf(operation.body) } : {}),
    responses: responsesOf(operation, words),
  };
}

// An empty one: it may be asked without.
function securityOf({ for: whom, path }: Operation): Json[] {
  if (whom === "token") return [{ token: [] }];
  if (whom !== "anyone") return [{ session: [] }];
  return path === "/api/products" ? [{}, { session: [] }] : [];
}

const paramsOf = ({ query }: Operation): Json[] =>
  Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: "query",
    required: false,
    schema: withoutNull(schemaOf(schema as z.ZodType, "input")),
  }));

// A parameter that is left out is null to us, and is never sent as one.
function withoutNull(schema: Json): Json {
  const { anyOf, ...rest } = schema;
  const kinds = Array.isArray(anyOf) ? (anyOf as Json[]).filter(({ type }) => type !== "null") : [];
  return kinds.length === 1 ? { ...rest, ...kinds[0] } : schema;
}

const keyParam = (key: "taken" | "needed", words: Words): Json => ({
  name: "Idempotency-Key",
  in: "header",
  required: key === "needed",
  description: words.key,
  schema: { type: "string", pattern: "^[\\x21-\\x7e]{1,200}$" },
});

function bodyOf({ schema, form }: NonNullable<Operation["body"]>): Json {
  const content = { schema: schemaOf(schema, "input") };
  const types = ["application/json", ...(form ? ["application/x-www-form-urlencoded", "multipart/form-data"] : [])];
  return { required: true, content: Object.fromEntries(types.map((type) => [type, content])) };
}

function responsesOf({ answers, problems: wrong }: Operation, words: Words): Json {
  const responses: Record<string, { description: string; content?: Json }> = {};
  for (const [status, answer] of Object.entries(answers)) {
    const content =
      answer === null
        ? {}
        : typeof answer === "string"
          ? { content: { [answer]: {} } }
          : { content: { "application/json": { schema: schemaOf(answer, "output") } } };
    responses[status] = { description: words.statuses[Number(status)] ?? "", ...content };
  }
  for (const [status, names] of Map.groupBy(new Set(wrong), (name) => String(problems[name][0]))) {
    const known = responses[status] ?? { description: names.map((name) => problems[name][1]).join(" ") };
    responses[status] = { ...known, content: { ...known.content, "application/problem+json": problemOf(names) } };
  }
  return responses;
}

const problemOf = (names: ProblemName[]): Json => ({
  schema: { oneOf: names.map((name) => ({ $ref: `#/components/schemas/${name}` })) },
});
