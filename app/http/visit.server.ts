import type { ActionFunctionArgs } from "@remix-run/node";
import { type Db, type Login, type Origin, readTogether, type Work, writeAs } from "#app/db/transaction.server.ts";
import { DatabaseRefusal, NotFound, SessionEnded, Unavailable } from "#app/db/errors.server.ts";
import { defaultLang, type Lang, parseLang } from "#app/words.ts";
import { standsAlone } from "#app/status/maintenance.ts";
import { isStaff } from "#app/ui/navigation.ts";
import type { ShownClaim } from "#app/accounts/shown-for.ts";
import { noteRefusal, refusedAt } from "#app/accounts/entrance.server.ts";
import { findViewer } from "#app/accounts/viewer.server.ts";
import { fieldOf } from "#app/db/thrown.ts";
import { readCookie } from "./cookies.server.ts";
import { readDevice } from "./device.server.ts";
import type { Outage } from "./closed.ts";
import { closedBy, turnedAway } from "./maintenance.server.ts";
import { languageOf } from "./language-of.server.ts";
import { gatherReadings } from "./readings.server.ts";
import { findLogin, type Outgoing } from "./session.server.ts";
import type { Viewer } from "#app/accounts/viewer.ts";

/** What the server puts into Remix's context for each request. */
export type RequestContext = {
  requestId: string;
  ip: string;
  userAgent: string;
  outgoing: Outgoing;
  visit?: Promise<Visit>;
  outage?: Outage;
};
type Args = Pick<ActionFunctionArgs, "request" | "context">;

/** One request of one person. Every loader of a page shares it, and with it one read transaction. */
export class Visit {
  #gather = gatherReadings((works, patience) => this.#asking(() => readTogether(this.login, works, patience)));
  #viewer: Promise<Viewer> | undefined;
  #refused = false;
  /** The database did not answer this request: it is not asked a second time, while a person waits. */
  #away: Unavailable | undefined;
  /** Signed in by this very request, whose page is then already his. */
  justSignedIn = false;
  /** A form came with this request: what becomes of it is shown, whoever is signed in. */
  hasForm = false;
  /** Whom the form that is being sent was shown to, as far as it has to be the same now. Undefined: it does not say. */
  shown: ShownClaim | undefined;

  readonly login: Login;
  readonly lang: Lang;
  readonly origin: Origin;
  readonly outgoing: Outgoing;
  /** Path and query, for coming back after signing in. */
  readonly path: string;

  constructor({ login, lang, origin, outgoing, path }: Pick<Visit, "login" | "lang" | "origin" | "outgoing" | "path">) {
    this.login = login;
    this.lang = lang;
    this.origin = origin;
    this.outgoing = outgoing;
    this.path = path;
  }

  /** Who the viewer is, and what hangs over the shop. Asked once. */
  viewer(): Promise<Viewer> {
    return (this.#viewer ??= this.read((db) => findViewer(db)));
  }

  /** Reads what the page shows. Readings of one turn leave in one batch: see readTogether. `patience` as there. */
  read<T>(work: (db: Db) => Promise<T>, patience?: number): Promise<T> {
    return this.#gather(work, patience);
  }

  /** `patience`: see writeAs. */
  async write<T>(work: Work<T>, patience?: number): Promise<T> {
    try {
      return await this.#asking(() => writeAs(this.login, { ...this.origin, shown: this.shown }, work, patience));
    } catch (error) {
      await this.noteRefusal(error);
      throw error;
    }
  }

  /**
   * Somebody signed in was turned away: into the trail, once a request, before he is answered. A number that is
   * nobody's takes the same way as another store's, so that neither answer nor time tells them apart. That it could not
   * be noted changes no answer.
   */
  async noteRefused(status: 403 | 404) {
    const refused = refusedAt(status, this.path);
    if (!this.login || this.#refused || (status === 404 && refused.key === null)) return;
    this.#refused = true;
    await this.#asking(() => writeAs(this.login, this.origin, (db) => noteRefusal(db, refused))).catch(
      (error: unknown) => {
        if (!(error instanceof SessionEnded))
          console.error(
            JSON.stringify({
              level: "warn",
              requestId: this.origin.requestId,
              msg: "a refusal was not noted",
              code: fieldOf(error, "reason") ?? fieldOf(error, "code"),
            }),
          );
      },
    );
  }

  /** As noteRefused, when an error of the database was a refusal. */
  async noteRefusal(error: unknown) {
    if (error instanceof NotFound) await this.noteRefused(404);
    else if (error instanceof DatabaseRefusal && error.reason === "DENIED") await this.noteRefused(403);
  }

  /** Writes as nobody: what is noted of people who are not signed in. */
  writeAsGuest<T>(work: Work<T>): Promise<T> {
    return this.#asking(() => writeAs(null, this.origin, work));
  }

  async #asking<T>(ask: () => Promise<T>): Promise<T> {
    if (this.#away) throw this.#away;
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Unavailable) this.#away = error;
      throw error;
    }
  }
}

/** The visit behind a loader or action; made once per request. */
export function visitOf({ request, context }: Args): Promise<Visit> {
  return (context.visit ??= openVisit(request, context));
}

/** From here on the request is this person's: what it renders after signing in is seen with his eyes. */
export function goOnAs({ context }: Pick<Args, "context">, visit: Visit, login: Login, lang: Lang) {
  const signedIn = new Visit({ login, lang, origin: visit.origin, outgoing: visit.outgoing, path: visit.path });
  signedIn.justSignedIn = true;
  context.visit = Promise.resolve(signedIn);
}

async function openVisit(request: Request, context: RequestContext): Promise<Visit> {
  const { requestId, ip, userAgent, outgoing } = context;
  const url = new URL(request.url);
  const alone = standsAlone(url.pathname);
  // What anybody may keep sets no cookie: the feed says its language itself.
  const lang = alone ? (parseLang(readCookie(request, "lang")) ?? defaultLang) : languageOf(request, url, outgoing);
  const login = alone ? null : findLogin(request, outgoing, { ip, userAgent });
  const open = (login: Login) => {
    const origin = { ip, userAgent, requestId, device: readDevice(request) };
    return new Visit({ login, lang, origin, outgoing, path: url.pathname + url.search });
  };
  const closed = closedBy(request);
  if (!closed) return open(await login);
  const visit = await Promise.resolve(login).then(open, () => null);
  if (!visit || !(await isOfStaff(visit))) throw turnedAway(context, closed);
  return visit;
}

// By the database, and nobody while it is away: then there is nothing to be let in to.
const isOfStaff = async (visit: Visit): Promise<boolean> =>
  visit.login !== null && isStaff((await visit.viewer().catch(() => null))?.account?.role);
