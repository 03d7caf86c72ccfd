// The web process in production: npm run build, then npm start.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { env } from "#app/env.server.ts";
import { log } from "#app/http/log.server.ts";
import { figureSources } from "#app/vitals/figures.ts";
import { lastWritings } from "#app/vitals/last.ts";
import { openWatchers } from "#app/watched.ts";
import { endByMistake } from "#app/end-by-mistake.ts";
import { logWhatIsPrinted } from "./server/console.ts";
import { createServer } from "./server/create-server.ts";
import { handlerFor, routePatterns } from "./server/routes.ts";
import { closeOnSignal } from "./server/shutdown.ts";
import { type Middleware, staticFiles } from "./server/static-files.ts";

const built = fileURLToPath(new URL("./build", import.meta.url));

/**
 * Serves the built application on env.PORT.
 *
 * @param extra routes in front of the application; production has none.
 */
export async function startWeb(extra: Middleware[] = []) {
  logWhatIsPrinted(log);
  const closeWatchers = await openWatchers("web", env, (facts, message) => log.warn(facts, message));
  endByMistake(log, closeWatchers);
  figureSources().schema = fs.readFileSync(path.join(built, "server", "schema.sha256"), "utf8");
  const build: ServerBuild = await import(pathToFileURL(path.join(built, "server", "index.js")).href);
  const metrics = env.METRICS_TOKEN && (await import("./server/metrics.ts")).openMetrics(env.METRICS_TOKEN);
  const remix = handlerFor(build, env.NODE_ENV);
  const server = createServer({
    handle: remix,
    appUrl: env.APP_URL,
    trustedProxyHops: env.TRUSTED_PROXY_HOPS,
    whatsapp: env.HQ_WHATSAPP,
    log,
    metrics: metrics || undefined,
    routes: routePatterns(Object.values(build.routes).filter((route) => route !== undefined)),
    before: [...extra, staticFiles(path.join(built, "client"))],
  });
  server.listen(env.PORT, env.HOST, () => log.info({ host: env.HOST, port: env.PORT }, "web is ready"));
  closeOnSignal(server, () => Promise.all([lastWritings().write(), closeWatchers()]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await startWeb();
