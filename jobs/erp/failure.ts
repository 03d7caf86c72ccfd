import type { ErpOperation } from "./client.ts";

/** How an exchange with the ERP can go wrong. Each kind counts against the breaker. */
export type ErpFailureKind = "connection" | "timeout" | "status" | "rate-limit" | "content" | "oversize";

/** The ERP did not do its part. A 404, 409 or 422 is an answer, never one of these. */
export class ErpFailure extends Error {
  readonly kind: ErpFailureKind;
  /**
   * Surely nothing of what was asked was taken there: nobody took the connection, or it was turned away unread.
   * After anything else it may be done there, or still be under way: also after a 500 or a broken answer, which may be
   * of somebody in between.
   */
  readonly unsent: boolean;
  /** What was asked; whoever lets the call through knows. */
  operation: ErpOperation = "ping";
  /** Of a feed: as much of it as had come. */
  pulled: { snapshot: string; takenAt: Date; rows: number } | null = null;

  constructor(
    kind: ErpFailureKind,
    message: string,
    { unsent = false, ...options }: ErrorOptions & { unsent?: boolean } = {},
  ) {
    super(message, options);
    this.name = "ErpFailure";
    this.kind = kind;
    this.unsent = unsent;
  }
}
