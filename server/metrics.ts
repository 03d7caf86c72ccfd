import type { IncomingMessage, ServerResponse } from "node:http";
import { collectDefaultMetrics, Counter, Gauge, Histogram, register } from "prom-client";
import { isBearer } from "#app/http/bearer.ts";
import { inTime } from "#app/in-time.ts";
import { logQueue } from "#app/log-queue.ts";
import { figureSources } from "#app/vitals/figures.ts";
import type { Answered } from "#app/vitals/requests.ts";

const databaseMs = 1_000;
const methods = ["GET", "HEAD", "POST"];

export type Metrics = {
  note: (answered: Answered) => void;
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

/** Figures of this process in Prometheus' text, for whoever has the token. Labels are words and patterns of ours. */
export function openMetrics(token: string): Metrics {
  collectDefaultMetrics();
  const requests = new Counter({
    name: "alfa_http_requests_total",
    help: "Requests answered, by route pattern, method and status",
    labelNames: ["route", "method", "status"],
  });
  const seconds = new Histogram({
    name: "alfa_http_request_duration_seconds",
    help: "Time until the answer was sent, by route pattern",
    labelNames: ["route"],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10],
  });
  const gauges = openGauges();
  return {
    note({ route, method, status, ms }) {
      requests.inc({ route, method: methods.includes(method) ? method : "OTHER", status: String(status) });
      seconds.observe({ route }, ms / 1_000);
    },
    async answer(request, response) {
      response.setHeader("cache-control", "no-store");
      if (!isBearer(request.headers.authorization, token))
        return void response.writeHead(401, { "www-authenticate": "Bearer" }).end();
      await gauges();
      response.writeHead(200, { "content-type": register.contentType }).end(await register.metrics());
    },
  };
}

/** What is looked up when somebody asks. */
function openGauges(): () => Promise<void> {
  const gauge = (name: string, help: string, labelNames: string[] = []) => new Gauge({ name, help, labelNames });
  const pool = gauge("alfa_database_connections", "Connections to the database: all, idle, waited for", ["state"]);
  const lines = gauge("alfa_log_lines_waiting", "Lines of the log on their way into the database");
  const lost = gauge("alfa_log_lines_lost", "Lines of the log that were not stored, since the start");
  const up = gauge("alfa_database_up", "Whether the database answered within a second");
  const waiting = gauge("alfa_waiting", "What waits in the database, by what it is", ["what"]);
  return async () => {
    for (const [state, count] of Object.entries(figureSources().pool())) pool.set({ state }, count);
    lines.set(logQueue().waiting);
    lost.set(logQueue().lostInAll);
    waiting.reset();
    try {
      const figures = await inTime(figureSources().database(), databaseMs);
      for (const [what, count] of Object.entries(figures)) waiting.set({ what }, count);
      up.set(1);
    } catch {
      up.set(0);
    }
  };
}
