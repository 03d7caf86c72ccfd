import type { Server } from "node:http";

/** On SIGTERM or SIGINT: no new connections, pages under way are finished, at most ten seconds. */
export function closeOnSignal(server: Server) {
  const close = () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 10_000).unref();
  };
  process.once("SIGTERM", close);
  process.once("SIGINT", close);
}
