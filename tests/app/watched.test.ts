import { execFileSync } from "node:child_process";
import { http, HttpResponse } from "msw";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loggedError } from "#app/http/logged-error.ts";
import { openLog } from "#app/logger.ts";
import { spanned } from "#app/trace.ts";
import { openWatchers, watchSettings } from "#app/watched.ts";
import { sentryHandlers } from "#mocks/sentry/handlers.ts";
import { SentryState } from "#mocks/sentry/state.ts";
import { serve, type Served } from "#mocks/serve.ts";
import { portOf } from "#supabase/local/ports.ts";
import { connect } from "#tests/support/database.ts";
import { createServer } from "../../server/create-server.ts";

const id = "4bf92f3577b34da6a3ce929d0e0e4736";
const secrets = {
  header: "canary-header",
  cookie: "canary-cookie",
  body: "canary-body",
  query: "canary-query",
  error: "canary-error",
  sql: "canary-sql",
  fact: "canary-fact",
};
const sentry = new SentryState();
const raw: string[] = [];
const listening = http.post("*", async ({ request }) => {
  raw.push(await request.clone().text(), ...[...request.headers].flat());
  return new URL(request.url).pathname === "/v1/traces" ? HttpResponse.json({}) : undefined;
});
let outside: Served;
let close: () => Promise<void>;
let origin: string;
const said: object[] = [];
const written: string[] = [];
const log = openLog("web", {}, { write: (line) => written.push(line) });
const server = createServer({
  appUrl: "http://alfa.test",
  trustedProxyHops: 0,
  log,
  async handle(request) {
    const failing = new Error(`nobody expected ${secrets.error} of ${await request.text()}`);
    if (request.url.includes("ok")) return spanned("write", "transaction", { message: secrets.fact }, well);
    throw failing;
  },
});
const well = () => Promise.resolve(new Response("well"));

beforeAll(async () => {
  outside = await serve([listening, ...sentryHandlers(sentry)], 0);
  const at = `127.0.0.1:${outside.port}`;
  const settings = { SENTRY_DSN: `http://key@${at}/7`, OTEL_EXPORTER_OTLP_ENDPOINT: `http://${at}` };
  close = await openWatchers("web", { ...settings, TRACES_SHARE: 1, RELEASE: "v1", NODE_ENV: "test" }, (facts) =>
    said.push(facts),
  );
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${portOf(server)}`;
});
afterAll(async () => {
  server.close();
  await close();
  await outside.close();
});

const ask = (path: string, more: Record<string, string> = {}) =>
  fetch(`${origin}${path}?q=${secrets.query}`, {
    method: "POST",
    body: secrets.body,
    headers: {
      origin: "http://alfa.test",
      "x-secret": secrets.header,
      cookie: `alfa-session=${secrets.cookie}`,
      traceparent: `00-${id}-00f067aa0ba902b7-01`,
      ...more,
    },
  });

test("what fails is reported under its request's number, in words of ours alone, with where it was", async () => {
  const answer = await ask("/fails");
  expect(answer.status).toBe(500);
  expect(answer.headers.get("x-request-id")).toBe(id);
  expect(await answer.text()).toContain(id);
  await expect.poll(() => sentry.list().length).toBe(1);
  const [event] = sentry.list();
  expect(event).toMatchObject({
    level: "error",
    message: "request failed",
    logger: "web",
    release: "v1",
    contexts: { trace: { trace_id: id } },
    exception: { values: [{ type: "Error", value: "request failed" }] },
  });
  expect(JSON.stringify(event)).toMatch(/"filename":"tests\/app\/watched.test.ts"/);
});

test("of headers, cookies, bodies, errors, SQL and facts nothing leaves; the log has them or none", async () => {
  const owner = await connect();
  const refused: unknown = await owner.query("select $1::text::int", [secrets.sql]).catch((error: unknown) => error);
  expect(String(refused)).toContain(secrets.sql);
  log.error({ err: loggedError(refused), order: secrets.fact, typed: secrets.fact }, "a query failed");
  log.error(new Error(secrets.error)); // Without words of ours.
  log.error({ err: refused, reason: `Error: ${secrets.sql}`, state: `${secrets.fact} of mine` }, "as it is");
  expect((await ask("/ok")).status).toBe(200);
  await expect.poll(() => sentry.list().map(({ message }) => message)).toContain("as it is");
  await expect.poll(() => raw.some((body) => body.includes("resourceSpans")), { timeout: 10_000 }).toBe(true);

  const sent = raw.join("\n");
  for (const canary of Object.values(secrets)) expect(sent).not.toContain(canary);
  // They were there to be told.
  expect(written.join()).toContain(secrets.error);
  expect(sent).toContain('"22P02"');
});

test("a request, its transaction and what they were like stand in one trace", async () => {
  const bodies = () => raw.filter((body) => body.includes("resourceSpans"));
  const spans = () =>
    bodies()
      .flatMap((body) => (JSON.parse(body) as { resourceSpans: Sent[] }).resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  await expect.poll(() => spans().map(({ name }) => name), { timeout: 10_000 }).toContain("write");
  const found = spans().filter(({ traceId }) => traceId === id);
  const write = found.find(({ name }) => name === "write");
  const page = found.find(({ spanId }) => spanId === write?.parentSpanId);
  expect(page).toMatchObject({ name: "POST page", kind: 2 });
  expect(page?.parentSpanId ?? "").toBe(""); // Whoever asked is not believed what it says of itself.
  expect(page?.attributes).toContainEqual({ key: "http.response.status_code", value: { intValue: 200 } });
  expect(found.some(({ status }) => status.code === 2)).toBe(true);
});
type Span = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: object[];
  status: { code?: number };
};
type Sent = { scopeSpans: Array<{ spans: Span[] }> };

test.each(["slow", "429", "down", "500"] as const)("while Sentry is %s, nobody waits for it", async (mode) => {
  sentry.mode = mode;
  const before = sentry.requests;
  const started = performance.now();
  for (let count = 0; count < 10; count += 1) expect((await ask("/fails")).status).toBe(500);
  expect(performance.now() - started).toBeLessThan(1_500);
  expect(sentry.requests - before).toBeLessThanOrEqual(10);
  sentry.mode = "up";
});

test("more than sixty in a minute are counted and not sent", async () => {
  const before = sentry.requests;
  for (let count = 0; count < 100; count += 1) log.error("again and again");
  await new Promise((resolve) => setImmediate(resolve));
  expect(sentry.requests - before).toBeLessThan(60);
});

test("nothing of either is loaded unless its setting is there", () => {
  const loaded = (settings: object) =>
    execFileSync(
      process.execPath,
      [
        "--input-type=module",
        "-e",
        `import { registerHooks } from "node:module";
         const seen = [];
         registerHooks({ load(url, context, next) { seen.push(url); return next(url, context); } });
         const { openWatchers } = await import("#app/watched.ts");
         await import("#app/logger.ts");
         await openWatchers("web", ${JSON.stringify({ TRACES_SHARE: 1, NODE_ENV: "test", ...settings })}, () => {});
         console.log(["@sentry", "@opentelemetry"].filter((name) => seen.some((url) => url.includes(name))).join());
         process.exit();`,
      ],
      { encoding: "utf8" },
    ).trim();
  expect(loaded({})).toBe("");
  expect(loaded({ SENTRY_DSN: "http://key@127.0.0.1:1/2" })).toBe("@sentry");
  expect(loaded({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1" })).toBe("@opentelemetry");
});

test.each([
  ["https://abc123@o1.ingest.de.sentry.io/42", true],
  ["http://demo@127.0.0.1:4030/1", true],
  ["https://o1.ingest.sentry.io/42", false],
  ["https://abc@o1.ingest.sentry.io/", false],
  ["ftp://abc@host/1", false],
])("a DSN: %s", (dsn, fits) => expect(watchSettings.SENTRY_DSN.safeParse(dsn).success).toBe(fits));
