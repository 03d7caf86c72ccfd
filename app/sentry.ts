import { randomBytes } from "node:crypto";
import path from "node:path";
import {
  createEventEnvelope,
  createTransport,
  type ErrorEvent,
  getEnvelopeEndpointWithUrlEncodedAuth,
  makeDsn,
  type StackFrame,
} from "@sentry/core";
import { z } from "zod";
import { outsideError, outsideFacts } from "./outside.ts";
import type { ErrorReports, Watched } from "./watched.ts";

const mostInFlight = 30;
const mostAMinute = 60;
const deadlineMs = 5_000;
const minuteMs = 60_000;

// As the log writes it: level, words of ours, facts.
const lineShape = z.looseObject({
  level: z.number(),
  msg: z.string().catch(""),
  requestId: z.string().optional().catch(undefined),
  err: z.looseObject({ type: z.string(), stack: z.string().default(""), message: z.unknown() }).optional(),
});

/**
 * Reports errors to Sentry: what the log says from level error on, and of it only what app/outside.ts lets out. The
 * transport is Sentry's own, with its limits and its patience after a 429; the rest of its library is not used, since
 * it would collect by itself. Whoever logs does no more than compare a few letters.
 */
export function openSentry(watched: Watched, say: (facts: object, message: string) => void): ErrorReports {
  const dsn = makeDsn(watched.SENTRY_DSN!)!;
  let lost = 0;
  const lose = (_why: string, _what: string, count = 1) => void (lost += count);
  const url = getEnvelopeEndpointWithUrlEncodedAuth(dsn);
  const transport = createTransport({ bufferSize: mostInFlight, recordDroppedEvent: lose }, async ({ body }) => {
    const signal = AbortSignal.timeout(deadlineMs);
    const answer = await fetch(url, { method: "POST", body: new Uint8Array(bytes(body)), redirect: "error", signal });
    await answer.arrayBuffer();
    const { status: statusCode, headers } = answer;
    const limits = {
      "x-sentry-rate-limits": headers.get("x-sentry-rate-limits"),
      "retry-after": headers.get("retry-after"),
    };
    return { statusCode, headers: limits };
  });

  let room = mostAMinute;
  const minutes = setInterval(() => {
    room = mostAMinute;
    if (lost > 0) say({ dropped: lost }, "errors were not reported to Sentry");
    lost = 0;
  }, minuteMs).unref();
  const send = (line: string) => {
    const event = eventOf(line, watched);
    if (event) void transport.send(createEventEnvelope(event, dsn)).then(undefined, () => undefined);
  };
  return {
    take(line) {
      if (!/^\{"level":[56]0,/.test(line)) return;
      if (room-- > 0) setImmediate(send, line);
      else lost += 1;
    },
    async close() {
      clearInterval(minutes);
      await new Promise((resolve) => setImmediate(resolve));
      await transport.flush(deadlineMs);
    },
  };
}

const bytes = (body: string | Uint8Array) => (typeof body === "string" ? new TextEncoder().encode(body) : body);

/** What Sentry is told of a line; null for what is no line of ours. */
function eventOf(text: string, { process, RELEASE, NODE_ENV }: Watched): ErrorEvent | null {
  const read = lineShape.safeParse(parsed(text));
  if (!read.success) return null;
  const { level, msg, requestId, err, ...facts } = read.data;
  const type = outsideError(err?.type);
  // Without words of ours a log line has those of the error, which may quote anything.
  const words = msg !== "" && msg !== err?.message ? msg : type;
  return {
    type: undefined,
    event_id: randomBytes(16).toString("hex"),
    timestamp: Date.now() / 1000,
    platform: "node",
    level: level >= 60 ? "fatal" : "error",
    logger: process,
    environment: NODE_ENV,
    release: RELEASE,
    // Not where it comes from either: it would be our server's address.
    sdk: { name: "alfa", version: "1", settings: { infer_ip: "never" } },
    message: words,
    exception: err && { values: [{ type, value: words, stacktrace: { frames: framesOf(err.stack) } }] },
    contexts: requestId ? { trace: { trace_id: requestId, span_id: randomBytes(8).toString("hex") } } : {},
    tags: { process, ...outsideFacts({ ...err, ...facts }) },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Where it was, the outermost call first, as Sentry wants it; paths are those of our files. */
function framesOf(stack: string): StackFrame[] {
  const frames = [...stack.matchAll(/^\s+at (?:(.+?) \()?(?:file:\/\/)?(\/?[\w@./+-]+):(\d+):(\d+)\)?$/gm)];
  return frames.reverse().map(([, name, file, line, column]): StackFrame => {
    const filename = path.isAbsolute(file!) ? path.relative(globalThis.process.cwd(), file!) : file!;
    const in_app = !/node_modules|^node:|^\.\./.test(filename);
    return { function: name?.replace(/[^\w.$ ]/g, ""), filename, lineno: Number(line), colno: Number(column), in_app };
  });
}
