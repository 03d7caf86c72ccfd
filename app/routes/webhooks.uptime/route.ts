import type { ActionFunctionArgs } from "@remix-run/node";
import { env } from "#app/env.server.ts";
import { isBearer } from "#app/http/bearer.ts";
import { visitOf } from "#app/http/visit.server.ts";
import { noteTold, noteUptime } from "#app/incidents/outage.server.ts";
import { told, uptime } from "#app/incidents/outage.ts";

const empty = (status: number) => new Response(null, { status });

// Nothing to see here; and without the secret there is no such address.
export const loader = () => empty(404);

/**
 * What was seen from outside: by our watcher, and by a service that looks at the site. Only stored is done: whatever is
 * not answered with 204 is told again.
 */
export async function action(args: ActionFunctionArgs) {
  const secret = env.UPTIME_SECRET;
  if (secret === undefined) return empty(404);
  const content: unknown = await args.request.json().catch(() => null);
  const key = (content as { key?: unknown } | null)?.key;
  const header = args.request.headers.get("authorization") ?? (typeof key === "string" ? `Bearer ${key}` : null);
  if (!isBearer(header, secret)) return empty(401);
  const [ours, theirs] = [told.safeParse(content), uptime.safeParse(content)];
  if (!ours.success && !theirs.success) return empty(400);
  const visit = await visitOf(args);
  await visit.writeAsGuest((db) => (ours.success ? noteTold(db, ours.data) : noteUptime(db, theirs.data!.down)));
  return empty(204);
}
