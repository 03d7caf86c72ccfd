import type { Name } from "#tests/support/cast.ts";
import { TestDb } from "#tests/support/rolled-back.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./whole-app.ts";

const shown: Partial<Record<Name, string>> = {
  admin: "ADM-001|||Admin HQ|",
  admin2: "ADM-002|||Admin Operasional|",
};

/** Incidents before two admins, an auditor, a store and a salesman, while the file runs. */
export function incidentPages() {
  const { owner, persons } = signedIn("admin", "admin2", "auditor", "budi", "sari");
  const site = servedApp();
  const db = new TestDb(owner);
  type Who = keyof typeof persons | "guest";

  const cookie = async (who: Who) => (who === "guest" ? "" : await cookieOf(persons[who]));
  const plain = (html: string) =>
    html.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("<!-- -->", "").replaceAll("&amp;", "&");
  /** Opens a page. */
  async function get(who: Who, path: string) {
    const answer = await ask(site.origin, path, { headers: { cookie: await cookie(who) } });
    return { status: answer.status, html: plain(await answer.text()) };
  }
  /** Sends a form. */
  async function send(who: Who, path: string, fields: Record<string, string>) {
    const answer = await ask(site.origin, path, {
      method: "POST",
      headers: {
        cookie: await cookie(who),
        origin: "http://alfa.test",
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams({ ...fields, shown_for: who === "guest" ? "" : (shown[who] ?? "") }).toString(),
    });
    return { status: answer.status, html: plain(await answer.text()), to: answer.headers.get("location") };
  }
  /** Opens an incident; its number. */
  async function open(severity: number, key: string, cause = "OWNER_DISPUTE"): Promise<string> {
    const id = await db.value<number>("select private.open_incident($1, $2, $3, null)", [severity, cause, key]);
    return db.value<string>("select ref from app.incidents where id = $1", [id]);
  }
  const stateOf = (ref: string) => db.value<string>("select state from app.incidents where ref = $1", [ref]);
  return { db, get, send, open, stateOf };
}
