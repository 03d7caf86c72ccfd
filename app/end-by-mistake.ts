import type { Logger } from "pino";
import { loggedError } from "./http/logged-error.ts";

/**
 * An error that nobody caught ends the process, as Node has it: the log says so first, and whoever watches us is told.
 * `last` is bounded.
 */
export function endByMistake(log: Logger, last: () => Promise<unknown>): void {
  process.once("uncaughtException", (error) => {
    process.exitCode = 1;
    log.fatal({ err: loggedError(error) }, "an error that nobody caught ends this process");
    void last().finally(() => process.exit(1));
  });
}
