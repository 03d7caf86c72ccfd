// npm run dev: the demo's processes, and the web from source with Vite's hot reload. Same data as the demo.
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import { pino } from "pino";
import { createServer as createVite } from "vite";
import { createServer } from "../server/create-server.ts";
import { credentialsOf } from "#supabase/local/data-dir.ts";
import { forgetHalfSeeded, startDemo, whyNot } from "./demo-data.ts";
import { endedBySignal } from "./ended-by-signal.ts";
import { demoPorts, environments } from "./environment.ts";
import { demoFolder } from "./places.ts";
import { releaseLock, runningDemo, takeLock } from "./run-lock.ts";
import type { Stack } from "./stack.ts";

const ports = demoPorts(process.env);
const say = (sentence: string) => console.log(sentence);
let stack: Stack | undefined;

try {
  takeLock(demoFolder, `http://127.0.0.1:${ports.web}`);
  const ended = endedBySignal();
  await forgetHalfSeeded(demoFolder, say);
  takeLock(demoFolder, `http://127.0.0.1:${ports.web}`);
  stack = await startDemo({
    ports,
    parts: ["postgres", "mail", "erp", "auth", "worker"],
    say,
    onCrash: (_part, words) => console.error(words),
  });
  Object.assign(process.env, environments(demoFolder, ports, credentialsOf(demoFolder)).web, {
    NODE_ENV: "development",
  });
  await serveFromSource(stack);
  say(`Development server: ${stack.at.app}`);
  await ended;
} catch (error) {
  console.error(whyNot(error));
  process.exitCode = 1;
} finally {
  await stack?.stop();
  if (runningDemo(demoFolder)?.pid === process.pid) releaseLock(demoFolder);
}
process.exit();

async function serveFromSource({ at }: Stack) {
  const vite = await createVite({ server: { middlewareMode: true } });
  const load = () => vite.ssrLoadModule("virtual:remix/server-build") as Promise<ServerBuild>;
  const mailbox = (request: IncomingMessage, response: ServerResponse, next: () => void) => {
    if (request.url !== "/dev/mailbox") return next();
    response.writeHead(302, { location: at.mailbox }).end();
  };
  const server = createServer({
    handle: createRequestHandler(load, "development"),
    appUrl: at.app,
    trustedProxyHops: 0,
    whatsapp: process.env.HQ_WHATSAPP,
    log: pino({ level: "warn" }),
    before: [mailbox, vite.middlewares],
    deadline: 60_000,
    withScripts: true,
  });
  server.listen(ports.web, "127.0.0.1");
}
