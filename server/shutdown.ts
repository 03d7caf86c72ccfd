import type { Server } from "node:http";

/** Nobody waits longer for what is written last: the database may be away. */
const lastMs = 2_000;

/**
 * On SIGTERM or SIGINT: no new connections, pages under way are finished, at most ten seconds; then `last`, at most
 * two.
 */
export function closeOnSignal(server: Server, last: () => Promise<unknown>) {
  const close = () => {
    server.close(() => {
      setTimeout(() => process.exit(0), lastMs);
      void last().finally(() => process.exit(0));
    });
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 10_000).unref();
  };
  process.once("SIGTERM", close);
  process.once("SIGINT", close);
}
