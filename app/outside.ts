import { masked } from "./log-facts.ts";

// What of our facts may leave the house, for services that watch us: codes, counts and patterns of addresses. No
// sentence of an error and nothing that names an order, a store or a person: who looks into something has its number,
// and finds the rest in our own log.

const told = new Set(
  (
    "attempts channel code constraint feed kind loop method ms outcome process route rows signal state status " +
    "type way"
  ).split(" "),
);
const isCode = /^[\w./:*?$()-]{1,100}$/;
const names: Record<string, string> = {
  method: "http.request.method",
  route: "http.route",
  status: "http.response.status_code",
};

/** Those of the facts, under names that OpenTelemetry knows or under one of ours. */
export function outsideFacts(facts: object): Record<string, string | number | boolean> {
  const said: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(facts) as Array<[string, unknown]>) {
    if (!told.has(name)) continue;
    const fits = typeof value === "string" ? isCode.test(value) && masked(value) === value : typeof value === "boolean";
    if (fits || (typeof value === "number" && Number.isFinite(value)))
      said[names[name] ?? `alfa.${name}`] = value as string | number | boolean;
  }
  return said;
}

/** What kind of error it was, in one word of code. */
export function outsideError(type: unknown): string {
  return typeof type === "string" && isCode.test(type) ? type : "Error";
}
