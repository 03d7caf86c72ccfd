import { data } from "@remix-run/node";
import { z } from "zod";
import type { Ended } from "#app/accounts/viewer.ts";
import { env } from "#app/env.server.ts";
import { safePath } from "./address.ts";
import { endedOf } from "./ended.server.ts";
import type { Visit } from "./visit.server.ts";

/** What a person typed when his login had ended, kept so that it can be sent after signing in. */
export type Interrupted = { path: string; fields: Record<string, string> };
const interrupted = z.object({ path: z.string(), fields: z.record(z.string(), z.unknown()) });
/** Why, and whom to call. */
export type Expired = { interrupted: Interrupted; ended: Ended; hq: string };
/** A form as it was sent. */
export const sentOf = (request: Request, fields: Record<string, string>): Interrupted => ({
  path: new URL(request.url).pathname,
  fields,
});
/** The answer to a form whose sender is not signed in any more: 401, with all that he typed. */
export const expired = async (request: Request, values: Record<string, string>, visit: Visit) =>
  data<Expired>(
    {
      interrupted: sentOf(request, values),
      ended: endedOf(request, visit.login && (await visit.viewer())) ?? "EXPIRED",
      hq: env.HQ_WHATSAPP,
    },
    { status: 401 },
  );

/** The interrupted form that came back with a sign-in; null unless it leads to a path of ours. */
export function readInterrupted(value: string | undefined): Interrupted | null {
  try {
    const { path, fields } = interrupted.parse(JSON.parse(value ?? "null"));
    const safe = safePath(path, "");
    const texts = Object.entries(fields).filter(
      (field): field is [string, string] => /^[\w-]{1,60}$/.test(field[0]) && typeof field[1] === "string",
    );
    return safe && !/^\/(login|logout)/.test(safe) ? { path: safe, fields: Object.fromEntries(texts) } : null;
  } catch {
    return null;
  }
}
