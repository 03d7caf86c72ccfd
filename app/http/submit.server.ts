import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { DatabaseRefusal, NotFound, SessionEnded } from "#app/db/errors.server.ts";
import { errorText, parseLang } from "#app/words.ts";
import { backward } from "#app/ui/back.ts";
import { speakField } from "#app/ui/page-form.tsx";
import { findViewer } from "#app/accounts/viewer.server.ts";
import { ending, goOn, inLanguage } from "./go-on.server.ts";
import { expired, sentOf } from "./interrupted.server.ts";
import { type Audience, isBetweenStores, refusal, turnAway } from "./page.server.ts";
import { readForm } from "./read-form.server.ts";
import { type Reply, reply, replyTo } from "./reply.server.ts";
import { askShown, holdToShown, mismatch } from "./shown-for.server.ts";
import { type Visit, visitOf } from "./visit.server.ts";

type Args = Pick<ActionFunctionArgs, "request" | "context">;

/**
 * Takes a form for its audience: parses it, lets `save` carry it out (ending in a redirect), or hands it back with its
 * mistakes: 400 for what was typed, 409 for what changed meanwhile. The messages of the schema are `codes` of
 * words.id.ts. Nobody signed in, or a login that ended in mid-form: 401 with the form kept for after signing in.
 * Another role: 403, and of what it sent not a byte is read. A form that was shown to somebody else, or as a store for
 * another store, than is here now: 409 before its fields are judged. A button around the page that was pressed instead
 * of the form's own saves the form on the way (goOn); the language alone changes nothing (inLanguage).
 */
export async function submit<Schema extends z.ZodType>(
  args: Args,
  audience: Audience,
  schema: Schema,
  save: (value: z.output<Schema>, visit: Visit) => Promise<Response | Reply>,
): Promise<Reply> {
  const visit = await visitOf(args);
  visit.hasForm = true;
  const guest = audience === "anyone";
  if (!guest) await admitForm(args.request, audience, visit);
  const values = await readForm(args.request);
  if (!guest) holdToShown(visit, args.request, values, audience === "store");
  const end = ending(args.request, values);
  const lang = parseLang(values[speakField]);
  try {
    if (audience === "store" && isBetweenStores(await visit.viewer())) {
      if (end) throw end;
      return await toNoStore(visit);
    }
    if (lang) return await inLanguage(args, visit, lang, values);
    const answer = await carryOut(schema, values, visit, save);
    if (end) throw end;
    // On to the next page. Thrown, so that what a page gets back is a form.
    if (answer instanceof Response) throw keepingList(args.request, goOn(args.request, values, answer));
    await askShown(visit); // Handed back, it would be a form of whoever is here now.
    return answer;
  } catch (error) {
    if (error instanceof Response) throw error;
    if (error instanceof SessionEnded)
      throw guest ? refusal(401, visit.lang, "SESSION_EXPIRED") : await expired(args.request, values, visit);
    if (!(error instanceof DatabaseRefusal)) throw error;
    if (end) throw end;
    if (error.reason === "SHOWN_TO_ANOTHER") throw mismatch(error, visit, sentOf(args.request, values));
    // His hour ended since he was let in.
    if (error.reason === "DENIED" && audience === "store" && isBetweenStores(await visit.read((db) => findViewer(db))))
      return await toNoStore(visit);
    return replyTo(error, visit.lang, values);
  }
}

// On to where the list that the page was opened out of is kept: that list as it was, or another page of the same thing.
function keepingList({ url }: Request, answer: Response): Response {
  const to = answer.headers.get("location");
  if (to?.startsWith("/")) answer.headers.set("location", backward(to, url.slice(new URL(url).origin.length)));
  return answer;
}

/** A form sent to an address below a page that takes none: 404, to whom the page is for. */
export const nowhere = (args: Args, audience: Audience) =>
  submit(args, audience, z.object({}), () => Promise.reject(new NotFound()));

// Before anything is read of the form. Who is a salesman between two stores hears of that, by what his form was shown
// for.
async function admitForm(request: Request, audience: Audience, visit: Visit) {
  const viewer = visit.login && (await visit.viewer());
  if (!viewer?.account) throw await expired(request, await readForm(request), visit);
  if (audience !== "store" || !isBetweenStores(viewer)) await turnAway(viewer, audience, visit);
}

// A salesman whose acting session ended, in another tab or by its hour: that the page is not for him would be wrong,
// and nothing he typed was at fault.
async function toNoStore(visit: Visit): Promise<never> {
  await askShown(visit);
  throw refusal(409, visit.lang, "NO_STORE");
}

async function carryOut<Schema extends z.ZodType>(
  schema: Schema,
  values: Record<string, string>,
  visit: Visit,
  save: (value: z.output<Schema>, visit: Visit) => Promise<Response | Reply>,
): Promise<Response | Reply> {
  const unreadable = Object.keys(values).filter((field) => values[field]!.includes("\0"));
  if (unreadable.length > 0)
    return reply(
      400,
      { ...values, ...Object.fromEntries(unreadable.map((field) => [field, ""])) },
      unreadable.map((field) => ({ field, message: errorText(visit.lang, "BAD_TEXT") })),
    );

  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({
      field: path.join(".") || undefined,
      message: errorText(visit.lang, message),
    }));
    return reply(400, values, errors);
  }
  return save(parsed.data, visit);
}
