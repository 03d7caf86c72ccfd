import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { fieldOf } from "#app/db/thrown.ts";
import { spanned, traceparent } from "#app/trace.ts";
import { depthWatch } from "./depth.ts";
import { ErpFailure } from "./failure.ts";
import { refusalMessage } from "./mapper.ts";
import { tidy } from "./tidy.ts";
import { usualTimeoutMs } from "./timeout.ts";

/** How to reach the ERP, and how patient and trusting to be. */
export type ErpAccess = {
  baseUrl: string;
  apiKey: string;
  /** Milliseconds for one whole exchange, from connecting to the last byte. */
  deadlineMs?: number;
  /** Bytes accepted in one answer. */
  maxBytes?: number;
};

type Ask<T> = {
  method?: "GET" | "POST";
  path: string;
  body?: object;
  idempotencyKey?: string;
  answer: z.ZodType<T>;
};

/** What the ERP said: a checked body, or that it refuses (a status that is an answer, with its message). */
export type Answer<T> = { ok: true; status: number; body: T } | { ok: false; status: number; message: string };

const refusals = new Set([400, 404, 409, 422]);

/**
 * One exchange with the ERP. Throws ErpFailure for everything that is not an answer to this very question: no
 * connection, out of time, 5xx, 429, wrong type, unreadable or invalid content, another request's id, too long.
 */
export const exchange = <T>(access: ErpAccess, ask: Ask<T>): Promise<Answer<T>> =>
  spanned(`ERP ${ask.method ?? "GET"} ${ask.path.split("?", 1)[0]}`, "call", {}, async (note) => {
    const answer = await exchanged(access, ask);
    note({ status: answer.status });
    return answer;
  });

async function exchanged<T>(access: ErpAccess, ask: Ask<T>): Promise<Answer<T>> {
  const { deadlineMs = usualTimeoutMs, maxBytes = 2 * 1024 * 1024 } = access;
  const requestId = randomUUID();
  // One clock for all of it: a server that dribbles a byte a second never trips a timeout between bytes.
  const signal = AbortSignal.timeout(deadlineMs);
  try {
    const response = await fetch(new URL(ask.path, access.baseUrl), {
      method: ask.method ?? "GET",
      headers: {
        accept: "application/json",
        "x-api-key": access.apiKey,
        "x-request-id": requestId,
        traceparent: traceparent(),
        ...(ask.body && { "content-type": "application/json" }),
        ...(ask.idempotencyKey && { "idempotency-key": ask.idempotencyKey }),
      },
      body: ask.body && JSON.stringify(ask.body),
      redirect: "error", // never carry the key to another host
      signal,
    });
    return await readAnswer(response, ask.answer, requestId, maxBytes);
  } catch (error) {
    if (error instanceof ErpFailure) throw error;
    if (signal.aborted) throw new ErpFailure("timeout", `no complete answer within ${deadlineMs} ms`, { cause: error });
    const reason = causeOf(error);
    throw new ErpFailure("connection", reason, { unsent: reason === "ECONNREFUSED" });
  }
}

async function readAnswer<T>(
  response: Response,
  shape: z.ZodType<T>,
  requestId: string,
  maxBytes: number,
): Promise<Answer<T>> {
  const refused = refusals.has(response.status);
  if (!response.ok && !refused) {
    await response.body?.cancel();
    const tooMany = response.status === 429;
    throw new ErpFailure(tooMany ? "rate-limit" : "status", `status ${response.status}`, { unsent: tooMany });
  }
  const type = response.headers.get("content-type") ?? "none";
  const echoed = response.headers.get("x-request-id");
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type) || echoed !== requestId) {
    await response.body?.cancel();
    throw new ErpFailure(
      "content",
      echoed === requestId ? `content type ${tidy(type).slice(0, 100)}` : "the answer belongs to another request",
    );
  }
  const body = parse(await readText(response, maxBytes));
  if (refused) return { ok: false, status: response.status, message: refusalMessage(body) };

  const checked = shape.safeParse(body);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new ErpFailure(
      "content",
      tidy(`unexpected content at ${issue?.path.join(".") || "the top"}: ${issue?.message}`),
    );
  }
  return { ok: true, status: response.status, body: checked.data };
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const shallow = depthWatch();
  let text = "";
  let size = 0;
  if (response.body === null) return text;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    // leaving the loop cancels the stream
    if (size > maxBytes) throw new ErpFailure("oversize", `the answer is longer than ${maxBytes} bytes`);
    const piece = decode(decoder, chunk);
    if (!shallow(piece)) throw new ErpFailure("content", "the answer is nested too deep");
    text += piece;
  }
  return text + decode(decoder);
}

function decode(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch (error) {
    throw new ErpFailure("content", "the answer is not UTF-8", { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ErpFailure("content", "the answer is not JSON", { cause: error });
  }
}

/** A code, or words of our own: a library's message may quote the address and the headers, which hold the key. */
function causeOf(error: unknown): string {
  const known = fieldOf(fieldOf(error, "cause"), "code") ?? fieldOf(error, "code");
  return typeof known === "string" && /^[A-Z][A-Z0-9_]{2,40}$/.test(known) ? known : "no connection";
}
