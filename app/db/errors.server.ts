/** What the database said no to, in the words of the web layer. */
export class DatabaseRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** Facts for the reader: the field at fault, the lines that are short. */
    readonly detail: Record<string, unknown> = {},
  ) {
    super(message);
  }
}
/** Not there; for a stranger somebody else's row is not there either. 404. */
export class NotFound extends DatabaseRefusal {
  constructor(message = "not found") {
    super("NTFND", message);
  }
}
/** The login behind the request has ended: signed out, revoked or suspended. */
export class SessionEnded extends DatabaseRefusal {
  constructor() {
    super("28000", "the session has ended");
  }
}

const ours = new Set(["DNIED", "STALE", "INVAL", "EMPTY", "NOREG", "STOCK", "KEYED", "SHOFF", "SHCAP", "STSUS", "SELFA", "FOURE", "LASTA", "HELDB", "EXNOT", "EXBIG", "EXOLD", "OWNPG", "TASKS", "PMORT", "ERPNO", "ONWAY", "PAIDM", "ORDHD", "LIMIT", "SHOWN"]);

/** Maps the SQLSTATEs that our functions raise; anything else stays what it is and becomes a 500. */
export function fromPostgres(error: unknown): unknown {
  // Mapped already, by the query; its detail is no text any more.
  if (error instanceof DatabaseRefusal) return error;
  const { code, message, detail } = error as { code?: string; message?: string; detail?: string };
  if (code === "NTFND") return new NotFound(message);
  if (code === "28000") return new SessionEnded();
  if (code === "42501") return new DatabaseRefusal("DNIED", message ?? "");
  if (code && ours.has(code)) return new DatabaseRefusal(code, message ?? "", parseDetail(detail));
  return error;
}

function parseDetail(detail: string | undefined): Record<string, unknown> {
  try {
    return JSON.parse(detail ?? "{}") as Record<string, unknown>;
  } catch {
    return {};
  }
}
