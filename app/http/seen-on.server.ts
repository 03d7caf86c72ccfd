import { guest, type Viewer } from "#app/accounts/viewer.ts";
import { Unavailable } from "#app/db/errors.server.ts";
import { isPublic } from "#app/ui/public-pages.ts";
import type { Visit } from "./visit.server.ts";

/** Who sees a page. Those about the company are there for guests whether or not the database is. */
export async function seenOn(visit: Visit): Promise<Viewer> {
  try {
    return await visit.viewer();
  } catch (error) {
    if (error instanceof Unavailable && !visit.login && isPublic(visit.path.split("?")[0]!)) return guest;
    throw error;
  }
}
