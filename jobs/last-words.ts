import pg from "pg";

let heard = false;

/**
 * From here on nobody who ends a connection of this process has to listen to it until it is closed. pg-boss takes its
 * listeners off the connection it waits for notifications on, and ends it then; what the server or the network still
 * says in between (it is being shut down, say) is an `error` event, which with nobody listening ends the process.
 */
export function hearLastWords(): void {
  if (heard) return;
  heard = true;
  const end = pg.Client.prototype.end as (this: pg.Client, ...given: unknown[]) => Promise<void>;
  pg.Client.prototype.end = function (this: pg.Client, ...given: unknown[]) {
    this.on("error", () => undefined);
    return end.apply(this, given);
  } as typeof pg.Client.prototype.end;
}
