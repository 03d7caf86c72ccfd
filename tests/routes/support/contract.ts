import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { openApi } from "#app/api/openapi.ts";
import { fieldOf } from "#app/db/thrown.ts";
import { messages } from "#app/words.ts";

/** A schema of the document. */
export type Schema = {
  type?: string | string[];
  enum?: unknown[];
  pattern?: string;
  properties?: Record<string, Schema>;
};
export type Documented = {
  operationId: string;
  parameters: Array<{ name: string; in: "query" | "header"; required: boolean; schema: Schema }>;
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
};
type Document = { paths: Record<string, Record<string, Documented>>; components: { schemas: object } };

export const document = openApi(messages("en").api, "http://alfa.test") as unknown as Document;
/** Every operation of the document: its address, how it is asked, and what it says of itself. */
export const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);
export type Op = (typeof documented)[number];
export const operationOf = (id: string): Op => documented.find(({ operation }) => operation.operationId === id)!;

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: "document", ...document });
const made = new Map<object, ValidateFunction>();
// A reference means the document, wherever its schema stands.
const whole = (schema: object) =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"document#/components')) as object;
function validator(schema: object): ValidateFunction {
  const known = made.get(schema) ?? ajv.compile(whole(schema));
  made.set(schema, known);
  return known;
}

/** What was seen of each operation: «credit 402 urn:…:credit-blocked». */
export const met = new Set<string>();

/**
 * What is wrong with an answer by the document: null when it is as documented. Status, type of content, and every field
 * of what is in it.
 */
export async function unlike({ operation, method }: Op, answer: Response): Promise<string | null> {
  const text = await answer.text();
  const { status } = answer;
  const response = operation.responses[status];
  if (!response) return `${status} is not documented: ${text.slice(0, 200)}`;
  const type = answer.headers.get("content-type")?.split(";", 1)[0];
  if (method === "HEAD" || [204, 304].includes(status)) {
    met.add(`${operation.operationId} ${status}`);
    return text ? `${status} with a body` : null;
  }
  const content = response.content?.[type ?? ""];
  if (!content) return `${status} is ${type}, which is not documented`;
  const body: unknown = content.schema ? JSON.parse(text) : text;
  const problem = type === "application/problem+json" ? ` ${String(fieldOf(body, "type")).split(":").at(-1)}` : "";
  met.add(`${operation.operationId} ${status}${problem}`);
  if (!content.schema) return null;
  const valid = validator(content.schema);
  return valid(body) ? null : `${status} ${ajv.errorsText(valid.errors)}: ${text.slice(0, 300)}`;
}
