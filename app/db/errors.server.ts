import { z } from "zod";
import { fieldOf } from "./thrown.ts";

/**
 * What the database said no to (private.refuse). Its words are those of the reason, by name: `codes[reason]` of a
 * room.
 */
export class DatabaseRefusal extends Error {
  readonly reason: string;
  /** Facts for the reader: the lines that are short, who was first. */
  readonly detail: Record<string, unknown>;
  /** What was typed is at fault, in this field. */
  readonly field: string | undefined;

  constructor(reason: string, detail: Record<string, unknown> = {}, field?: string) {
    super(reason);
    this.reason = reason;
    this.detail = detail;
    this.field = field;
  }
}
/** Not there; for a stranger somebody else's row is not there either. */
export class NotFound extends DatabaseRefusal {
  constructor() {
    super("NOT_FOUND");
  }
}
/** The login behind the request has ended: signed out, revoked or suspended. */
export class SessionEnded extends DatabaseRefusal {
  constructor() {
    super("SESSION_EXPIRED");
  }
}

/**
 * The database could not be asked, or its answer did not come: away, frozen, or with too many waiting. 503; whoever
 * sent a form gets it back.
 */
export class Unavailable extends Error {
  override name = "Unavailable";
  /** AWAY: no connection, or it broke, or nothing came over it. BUSY: too many wait. SLOW: it gave up by itself. */
  readonly reason: "AWAY" | "BUSY" | "SLOW";
  /** The commit was sent and its answer is lost: the change may have been made. */
  readonly uncertain: boolean;

  constructor(reason: "AWAY" | "BUSY" | "SLOW", cause: unknown, uncertain = false) {
    super(`the database did not answer: ${reason}`, { cause });
    this.reason = reason;
    this.uncertain = uncertain;
  }
}

/**
 * Connection failure, shutdown, crash, starting up, ended for idling in a transaction or for its length: this
 * connection has nothing more to say.
 */
const lostStates = /^(08...|57P..|25P0[34])$/;
/**
 * Cancelled by a time limit, a lock waited for too long, a deadlock, a conflict of two transactions: nothing was
 * changed, and later it may work.
 */
const slowStates = new Set(["57014", "55P03", "40P01", "40001"]);
/** What the driver says of a dead connection. It has neither a class nor a code for that. */
const lostWords = [
  /^(Connection terminated|timeout expired$)/,
  /^Client (has encountered a connection error|was closed) and is not queryable/,
];

/** Whether an error of the driver means that the connection it came from is of no more use. */
export function isLost(error: unknown): boolean {
  if (error instanceof Unavailable) return error.reason === "AWAY";
  if (!(error instanceof Error)) return false;
  // A name with several addresses, none of which could be reached.
  if (error instanceof AggregateError) return error.errors.some(isLost);
  return fieldOf(error, "severity")
    ? lostStates.test(String(fieldOf(error, "code") ?? ""))
    : fieldOf(error, "syscall") !== undefined || lostWords.some((words) => words.test(error.message));
}

/** Why a database is away, in a word for the log. */
export function reasonOf(error: unknown): string {
  const cause = fieldOf(error, "cause");
  return String(fieldOf(error, "code") ?? fieldOf(cause, "message") ?? cause ?? fieldOf(error, "message"));
}

/**
 * A refusal of ours, or what Postgres refuses of itself: a login that is over (28000), a right that is missing (42501).
 * A lost connection is Unavailable; anything else stays what it is and becomes a 500.
 */
export function fromPostgres(error: unknown): unknown {
  // Mapped already, by the query.
  if (error instanceof DatabaseRefusal || error instanceof Unavailable) return error;
  if (isLost(error)) return new Unavailable("AWAY", error);
  const code = fieldOf(error, "code");
  if (code === "REFUS") return readRefusal(String(fieldOf(error, "detail")));
  if (code === "28000") return new SessionEnded();
  if (code === "42501") return new DatabaseRefusal("DENIED");
  if (typeof code === "string" && slowStates.has(code)) return new Unavailable("SLOW", error);
  return error;
}

const refusal = z.looseObject({ reason: z.string(), field: z.string().optional() });

function readRefusal(detail: string): DatabaseRefusal {
  const { reason, field, ...facts } = refusal.parse(JSON.parse(detail));
  return reason === "NOT_FOUND" ? new NotFound() : new DatabaseRefusal(reason, facts, field);
}
