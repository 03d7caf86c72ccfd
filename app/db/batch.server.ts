import type pg from "pg";
import { Unavailable } from "./errors.server.ts";
import { ask, type Batch } from "./statement.server.ts";

/** As what a transaction runs: somebody, by a session of his. Null is a guest: the role anon. */
export type Login = { userId: string; sessionId: string } | null;
/**
 * Where the request came from, for the audit trail. `device`: the browser's own number, null before its first sign-in.
 */
export type Origin = {
  ip: string;
  userAgent: string;
  requestId: string;
  device?: string | null;
  /**
   * Whom the form was shown to: every command refuses another (private.assert_shown_for). Undefined: it does not say.
   */
  shown?: object;
};

/**
 * An answer was read as somebody else than was asked: whatever stands between us and Postgres mixes up whose answers
 * are whose.
 */
export class AnswersMixed extends Unavailable {
  override name = "AnswersMixed";
  constructor(message = "An answer was read as somebody else than was asked.") {
    super("AWAY", message);
    this.message = message;
  }
}

// Who reads or acts stands in values, never in a statement: a login may watch the statements of its own role
// (pg_stat_activity), and whoever knows a live session is that person.

/**
 * Says as whom this batch reads, and that it only reads. It is told who reads and no more; `mark` is this one reading's
 * own.
 */
export function openReading(batch: Batch, login: Login, mark: string): Promise<string> {
  const { role, sub, session } = settingsOf(login);
  return viewerOf(batch.ask(asReader, [sub, session, mark, role]));
}
const asReader = `select concat_ws(' ', set_config('app.reading', $3, true), set_config('role', $4, true),
  set_config('request.jwt.claim.sub', $1, true), set_config('request.jwt.claim.session_id', $2, true),
    set_config('transaction_read_only', 'on', true)) as viewer`;

/** As whom, and in which reading, the answers before this one were read: the last question of each. */
export const readAs = (batch: Batch): Promise<string> => viewerOf(batch.ask(asWhom));
const asWhom = `select concat_ws(' ', current_setting('app.reading', true), current_setting('role'),
  current_setting('request.jwt.claim.sub', true), current_setting('request.jwt.claim.session_id', true),
    current_setting('transaction_read_only')) as viewer`;

const viewerOf = async (answer: Promise<pg.QueryResult<{ viewer: string }>>) =>
  (await answer).rows[0]?.viewer ?? "nobody";

/** @throws AnswersMixed, without saying whom it was read as: an error is logged. */
export function expectViewer(viewer: string, login: Login, mark: string) {
  const { role, sub, session } = settingsOf(login);
  if (viewer !== `${mark} ${role} ${sub} ${session} on`) throw new AnswersMixed();
}

/** A change also says where the request came from, for the audit trail. */
export function become(
  client: pg.ClientBase,
  login: Login,
  { ip, userAgent, requestId, device, shown }: Origin,
): Promise<unknown> {
  const { role, sub, session } = settingsOf(login);
  return ask(client, asActor, [
    sub,
    session,
    JSON.stringify({ ip, ua: userAgent, id: requestId, device, shown }),
    role,
  ]);
}
const asActor = `
  select set_config('request.jwt.claim.sub', $1, true), set_config('request.jwt.claim.session_id', $2, true),
  set_config('app.request', $3, true), set_config('role', $4, true)`;

const settingsOf = (login: Login) =>
  login
    ? { role: "authenticated", sub: login.userId, session: login.sessionId }
    : { role: "anon", sub: "", session: "" };
