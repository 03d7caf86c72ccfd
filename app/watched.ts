import { z } from "zod";
import { httpUrl, secret } from "./env-rules.ts";
import { onlyOne } from "./only-one.ts";

// Services of other companies that watch web and worker: Sentry, and whatever takes OpenTelemetry's traces. Without its
// setting nothing of either is loaded. What they get is written off the way of requests, is bounded, and is lost rather
// than waited for; which facts they get, app/outside.ts says.

export const watchSettings = {
  SENTRY_DSN: z
    .url({ protocol: /^https?$/, error: "is not an http(s):// address" })
    .regex(/^https?:\/\/\w+@[^/\s]+\/(\S+\/)?\d+$/, "is not a DSN such as https://key@o1.ingest.sentry.io/2")
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  // Of so many requests traces are sent.
  TRACES_SHARE: z
    .string()
    .regex(/^(0|1|0?\.\d{1,4})$/, "is not a share from 0 to 1, such as 0.25")
    .default("1")
    .transform(Number),
  // What this version is called there.
  RELEASE: secret.regex(/^[\w.@+-]{1,100}$/, "is not the name of a version").optional(),
};
type Settings = z.output<z.ZodObject<typeof watchSettings>> & { NODE_ENV: string };
export type Watched = Settings & { process: "web" | "worker" };

export type ErrorReports = { take: (line: string) => void; close: () => Promise<unknown> };
/** Who is given each line of the log, if anybody. */
export const errorReports = () => onlyOne("error-reports", (): Partial<ErrorReports> => ({}));

const lastMs = 1_500;

/** From here on both are told. Resolves to what sends the rest at the end; it takes a second and a half at most. */
export async function openWatchers(
  process: Watched["process"],
  settings: Settings,
  say: (facts: object, message: string) => void,
): Promise<() => Promise<void>> {
  const watched = { ...settings, process };
  const reports = errorReports();
  if (settings.SENTRY_DSN) Object.assign(reports, (await import("./sentry.ts")).openSentry(watched, say));
  const closeTracing = settings.OTEL_EXPORTER_OTLP_ENDPOINT && (await import("./tracing.ts")).openTracing(watched);
  return async () => {
    const late = new Promise((resolve) => setTimeout(resolve, lastMs).unref());
    await Promise.race([Promise.allSettled([reports.close?.(), closeTracing && closeTracing()]), late]);
  };
}
