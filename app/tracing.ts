import { randomBytes } from "node:crypto";
import { type Attributes, ROOT_CONTEXT, type Span as Otel, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { fieldOf } from "./db/thrown.ts";
import { outsideError, outsideFacts } from "./outside.ts";
import { measureBy, type Span, type SpanKind as Kind } from "./trace.ts";
import type { Watched } from "./watched.ts";

const kinds: Record<Kind, SpanKind> = {
  request: SpanKind.SERVER,
  transaction: SpanKind.CLIENT,
  job: SpanKind.CONSUMER,
  call: SpanKind.CLIENT,
};

/**
 * Sends how long requests, transactions, jobs and calls took, as OpenTelemetry's traces: in batches, 2,048 spans at
 * most waiting, what is more is dropped. The headers that the receiver wants stand in OTEL_EXPORTER_OTLP_HEADERS, which
 * the exporter reads itself. Returns what sends the rest.
 */
export function openTracing(watched: Watched): () => Promise<void> {
  // The number of the request is the trace's, also where we are the first who measure it.
  let traceId = "";
  const exporter = new OTLPTraceExporter({
    url: `${watched.OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces`,
    timeoutMillis: 5_000,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      "service.name": `alfa-${watched.process}`,
      "service.version": watched.RELEASE,
      "deployment.environment.name": watched.NODE_ENV,
    }),
    idGenerator: { generateTraceId: () => traceId, generateSpanId: () => randomBytes(8).toString("hex") },
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(watched.TRACES_SHARE) }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 2_000, exportTimeoutMillis: 6_000 })],
  });
  const tracer = provider.getTracer("alfa");
  const known = new WeakMap<Span, Otel>();
  measureBy({
    start(name, kind, now, facts) {
      traceId = now.requestId;
      const parent = now.span && known.get(now.span);
      const above = parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
      const otel = tracer.startSpan(name, { kind: kinds[kind], attributes: outsideFacts(facts) }, above);
      const span = ours(otel);
      known.set(span, otel);
      return span;
    },
  });
  return async () => {
    measureBy(undefined);
    await provider.shutdown();
  };
}

function ours(otel: Otel): Span {
  const note = (attributes: Attributes) => void otel.setAttributes(attributes);
  return {
    id: otel.spanContext().spanId,
    note: (facts) => note(outsideFacts(facts)),
    end(error) {
      // An answer that was thrown is an answer.
      if (error instanceof Response) note(outsideFacts({ status: error.status }));
      else if (error !== undefined) {
        note({ "error.type": outsideError(fieldOf(error, "name")), ...outsideFacts({ code: fieldOf(error, "code") }) });
        otel.setStatus({ code: SpanStatusCode.ERROR });
      }
      otel.end();
    },
  };
}
