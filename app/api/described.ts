import { z } from "zod";
import { type ApiAudience, type Operation, type OperationName, operations } from "./contract.ts";
import { type ProblemName, problems } from "./problems.ts";

/** A field of a query or a body. */
export type DescribedField = { name: string; type: string; needed?: boolean; what: string };
/** What the page of the API shows of an address. */
export type Described = {
  name: OperationName;
  method: string;
  path: string;
  for: ApiAudience;
  key: "taken" | "needed" | null;
  query: DescribedField[];
  body: DescribedField[];
  answers: Array<{ status: number; fields: DescribedField[] }>;
  problems: Array<{ name: ProblemName; status: number; title: string; more: string[] }>;
};

type Json = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Json[];
  items?: Json;
  properties?: Record<string, Json>;
  required?: string[];
  description?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  default?: unknown;
};
const read = (schema: z.ZodType, io: "input" | "output") =>
  z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Json;

/** Every address of the API, as it stands in the contract. */
export const describeApi = (): Described[] =>
  (Object.entries(operations) as Array<[OperationName, Operation]>).map(([name, operation]) => ({
    name,
    method: operation.method.toUpperCase(),
    path: operation.path,
    for: operation.for,
    key: operation.key ?? null,
    query: operation.query ? always(fieldsOf(read(operation.query, "input"))) : [],
    body: operation.body ? fieldsOf(read(operation.body.schema, "input")) : [],
    answers: Object.entries(operation.answers).map(([status, answer]) => ({
      status: Number(status),
      fields: answer && typeof answer !== "string" ? always(fieldsOf(read(answer, "output"))) : [],
    })),
    problems: [...new Set(operation.problems)].map((problem) => {
      const [status, title, more = {}] = problems[problem] as readonly [number, string, object?];
      return { name: problem, status, title, more: Object.keys(more) };
    }),
  }));

/** Of an answer every field is there, and nothing is said of it. */
const always = (fields: DescribedField[]) => fields.map(({ needed: _, ...field }) => field);

const fieldsOf = ({ properties = {}, required = [] }: Json): DescribedField[] =>
  Object.entries(properties).map(([name, schema]) => ({
    name,
    type: typeOf(schema),
    needed: required.includes(name),
    what: schema.description ?? "",
  }));

/** In a word or two: what programs call it. */
function typeOf({
  anyOf,
  const: only,
  enum: values,
  type,
  items,
  properties,
  minimum,
  maximum,
  maxLength,
}: Json): string {
  if (anyOf) return anyOf.map(typeOf).join(" | ");
  if (only !== undefined) return JSON.stringify(only);
  if (values) return values.map((value) => String(value)).join(" | ");
  if (items) return `${typeOf(items)}[]`;
  if (properties) return `{ ${Object.keys(properties).join(", ")} }`;
  const bounded = minimum !== undefined && minimum > -1e15 && maximum !== undefined && maximum < 1e15;
  const most = maxLength === undefined ? "" : ` ≤ ${maxLength}`;
  return `${[type ?? "any"].flat().join(" | ")}${bounded ? ` ${minimum}–${maximum}` : most}`;
}
