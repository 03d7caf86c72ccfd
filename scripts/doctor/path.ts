import type pg from "pg";
import { connected } from "./connected.ts";
import { bad, type Finding, ok, wordOf } from "./finding.ts";

/**
 * Whether one login gets in, and whether the way to the database keeps a connection to itself: behind a pooler in
 * transaction mode the next statement may run on another one. `mayBePooled`: it is told to expect that.
 */
export async function checkPath(login: "web" | "worker", url: string, mayBePooled: boolean): Promise<Finding> {
  const area = `connection of ${login}`;
  try {
    const pooled = await connected(url, (one) => connected(url, (two) => changes(one, two)));
    if (!pooled) return ok(area, "direct, or a pooler in session mode");
    if (mayBePooled) return ok(area, "a pooler in transaction mode, and DB_STATEMENTS=unnamed");
    return bad(
      area,
      "goes through a pooler in transaction mode",
      login === "web"
        ? "Set DB_STATEMENTS=unnamed, or use port 5432."
        : "worker listens: use port 5432 (session mode) or the direct address.",
    );
  } catch (error) {
    const word = wordOf(error);
    const todo =
      word === "28P01"
        ? `\\password ${login}, and the same in its settings`
        : "See docs/deploy.md, which connections work.";
    return bad(area, `does not get in (${word})`, todo);
  }
}

// While somebody else holds the connection that was ours a moment ago, a pooler has to give us another one.
async function changes(one: pg.Client, two: pg.Client): Promise<boolean> {
  const pid = async (client: pg.Client) =>
    (await client.query<{ pid: number }>("select pg_backend_pid() as pid")).rows[0]!.pid;
  const first = await pid(one);
  await two.query("begin");
  await pid(two);
  const second = await pid(one);
  await two.query("rollback");
  return first !== second;
}
