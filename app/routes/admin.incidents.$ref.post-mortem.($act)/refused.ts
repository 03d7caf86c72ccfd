import { z } from "zod";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { reply, replyTo } from "#app/http/reply.server.ts";
import { inField, type PostMortemWords } from "#app/incidents/post-mortem.ts";
import { type Lang, messages } from "#app/words.ts";

const fields = ["summary", "timeline", "rootCause", "actions"] as const;
const unfinished = z.object({ missing: z.array(z.enum(fields)) });

/** Hands the form back with what the database says of it: what is missing by field, and who was quicker. */
export async function orRefused(lang: Lang, ref: string, words: PostMortemWords, work: () => Promise<Response>) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DatabaseRefusal)) throw error;
    const { incidents } = messages(lang);
    const t = incidents.postMortems;
    if (error.reason === "UNFINISHED") {
      const { missing } = unfinished.parse(error.detail);
      const errors = missing.map((name) => ({
        field: name === "actions" ? "what" : name,
        message: t.missing(t[name]),
      }));
      return reply(409, typed(words), errors);
    }
    if (error.reason === "STALE" && typeof error.detail.by === "string")
      return reply(409, typed(words), [
        { message: t.changed(error.detail.by), href: `/admin/incidents/${ref}/post-mortem` },
      ]);
    if (error.reason === "NOT_FOUND" || error.reason === "DENIED") throw error;
    return replyTo(error, lang, typed(words));
  }
}

// As it was typed. The version is the one that is there now: who was told and saves again means it.
function typed({ version: _version, beganAt, endedAt, ...words }: PostMortemWords): Record<string, string> {
  const moments = { beganAt: inField(beganAt), endedAt: inField(endedAt) };
  return Object.fromEntries(
    Object.entries({ ...words, ...(words.summary === undefined ? {} : moments) }).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}
