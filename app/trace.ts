import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import { onlyOne } from "./only-one.ts";

// One number from a request to the job, the mail and the call of the ERP that come of it: the request's. It is the
// trace id of W3C Trace Context (32 hexadecimal digits), so that other companies' systems and ours say the same one.

/** Something that takes time, while somebody measures: told what it was like, and when it is over. */
export type Span = { id: string; note: (facts: object) => void; end: (error?: unknown) => void };
export type SpanKind = "request" | "transaction" | "job" | "call";
/** Who measures; see app/tracing.server.ts. Facts are those of the log: app/log-facts.ts. */
export type Tracer = { start: (name: string, kind: SpanKind, now: Now, facts: object) => Span };
/** On whose behalf this process acts just now. */
export type Now = { requestId: string; span?: Span };

const storage = onlyOne("trace", () => new AsyncLocalStorage<Now>());
const measured = onlyOne("tracer", (): { tracer?: Tracer } => ({}));

const hex = (bytes: number) => randomBytes(bytes).toString("hex");
/** A number that nobody has had. */
export const newRequestId = (): string => hex(16);
const isRequestId = (id: string): boolean => /^(?!0{32})[0-9a-f]{32}$/.test(id);

/** The number in the `traceparent` of whoever asks, and nothing else of it; a new one where there is none. */
export function requestIdFrom(traceparent: string | string[] | undefined): string {
  const [, version, id] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/.exec(String(traceparent ?? "")) ?? [];
  const longer = version === "00" && String(traceparent).length !== 55;
  return id && version !== "ff" && !longer && isRequestId(id) ? id : newRequestId();
}

/** Does something on behalf of a request; without one under a number of its own. */
export const onBehalfOf = <T>(requestId: string | null, work: () => T): T =>
  storage.run({ requestId: requestId && isRequestId(requestId) ? requestId : newRequestId() }, work);

/** The number of the request that this is done for. */
export const requestNow = (): string | undefined => storage.getStore()?.requestId;

/** The header by which whom we call knows it. */
export function traceparent(): string {
  const now = storage.getStore();
  return `00-${now?.requestId ?? newRequestId()}-${now?.span?.id ?? hex(8)}-01`;
}

/** From here on it is measured how long things take. */
export const measureBy = (tracer: Tracer | undefined): void => void (measured.tracer = tracer);

/** Does something, and measures it while somebody wants that. `note` tells what it was like. */
export async function spanned<T>(
  name: string,
  kind: SpanKind,
  facts: object,
  work: (note: Span["note"]) => Promise<T>,
): Promise<T> {
  const { tracer } = measured;
  if (!tracer) return work(() => undefined);
  const now = storage.getStore() ?? { requestId: newRequestId() };
  const span = tracer.start(name, kind, now, facts);
  try {
    const result = await storage.run({ requestId: now.requestId, span }, () => work(span.note));
    span.end();
    return result;
  } catch (error) {
    span.end(error);
    throw error;
  }
}
