import { data } from "@remix-run/node";
import type { DatabaseRefusal } from "#app/db/errors.server.ts";
import { errorText } from "#app/words.ts";
import { readShownFor, type ShownFor } from "#app/accounts/shown-for.ts";
import { assertShownFor } from "#app/accounts/shown-for.server.ts";
import { refusal } from "./page.server.ts";
import type { Visit } from "./visit.server.ts";
import type { Viewer } from "#app/accounts/viewer.ts";
import { shownForField } from "#app/ui/shown-for-field.ts";

/** A form that was not carried out, because it was shown to somebody else or for another store than is here now. */
export type Mismatch = {
  shown: ShownFor;
  now: { account: string; person: string; store: string | null; storeName: string | null };
  /** What was typed, to be read and copied: it is not sent again by itself. */
  values: Record<string, string>;
  /** The form as it came: whom it is of can sign in and send it. */
  sent: { path: string; fields: Record<string, string> };
};

/**
 * Tells the visit whom its form was shown to, so that every command compares. `store`: done as a store, so store and
 * acting session count too. A browser's form that does not say is of a page older than this rule, or is none of ours:
 * 409. A script may leave it out; then it acts for whoever it is signed in as.
 */
export function holdToShown(visit: Visit, request: Request, values: Record<string, string>, store: boolean) {
  const value = values[shownForField];
  if (value === undefined && !isBrowser(request)) return;
  const shown = readShownFor(value ?? "");
  if (!shown) throw refusal(409, visit.lang, "OLD_PAGE");
  visit.shown = store
    ? { account: shown.account, store: shown.store, acting: shown.acting }
    : { account: shown.account };
}

/** The same question, for a form that is handed back before any command was asked. */
export async function askShown(visit: Visit) {
  const { shown } = visit;
  if (shown) await visit.read((db) => assertShownFor(db, shown));
}

/**
 * The page that names both, with what was typed. Falls back on plain words where the form did not say whom it was shown
 * to.
 */
export function mismatch(error: DatabaseRefusal, visit: Visit, sent: Mismatch["sent"]) {
  const shown = readShownFor(sent.fields[shownForField] ?? "");
  if (!shown) return new Response(errorText(visit.lang, "STALE"), { status: 409 });
  return data<Mismatch>(
    { shown, now: error.detail as Mismatch["now"], values: typedIn(sent.fields), sent },
    { status: 409 },
  );
}

/**
 * An interrupted form whose sender has signed in as somebody else: not to be offered to him. Null when it is his, or
 * does not say.
 */
export function notHis(sent: Mismatch["sent"], viewer: Viewer): Mismatch | null {
  const shown = readShownFor(sent.fields[shownForField] ?? "");
  if (!shown || !viewer.account || shown.account === viewer.account.code) return null;
  const now = {
    account: viewer.account.code,
    person: viewer.account.name,
    store: viewer.store?.code ?? null,
    storeName: viewer.store?.name ?? null,
  };
  return { shown, now, values: typedIn(sent.fields), sent };
}

const typedIn = ({ [shownForField]: _, ...typed }: Record<string, string>) => typed;

// Browsers say where a form comes from (see server/gate.ts); what says neither is a script.
const isBrowser = ({ headers }: Request) => headers.has("origin") || headers.has("sec-fetch-site");
