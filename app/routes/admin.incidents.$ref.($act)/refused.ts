import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { reply } from "#app/http/reply.server.ts";
import type { Filled } from "#app/incidents/life.ts";
import { isKeyOf } from "#app/ui/keys.ts";
import { type Lang, messages } from "#app/words.ts";

/** What the page says in its own words of somebody who was quicker; the rest is for submit. What was typed stays. */
export async function orRefused(lang: Lang, filled: Filled & { severity?: string }, work: () => Promise<Response>) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DatabaseRefusal)) throw error;
    const t = messages(lang).incidents;
    const { reason, detail } = error;
    if (reason === "ANOTHER_OPEN")
      return handBack([{ message: t.codes.ANOTHER_OPEN, href: `/admin/incidents/${String(detail.ref)}` }]);
    if (reason !== "STALE") throw error;
    const state = String(detail.state);
    if (state === "CLOSED") return handBack([{ message: t.alreadyClosed }]);
    if (typeof detail.by === "string") return handBack([{ message: t.alreadyTaken(detail.by) }]);
    return handBack([{ message: t.movedMeanwhile(isKeyOf(t.states, state) ? t.states[state] : state) }]);
  }

  function handBack(errors: Parameters<typeof reply>[2]) {
    const { note = "", role = "", code = "", key = "", severity = "" } = filled;
    return reply(409, { note, role, code, key, severity }, errors);
  }
}
