import type { ErpOperation } from "./client.ts";

/** How an exchange with the ERP can go wrong. Each kind counts against the breaker. */
export type ErpFailureKind = "connection" | "timeout" | "status" | "rate-limit" | "content" | "oversize";

/** The ERP did not do its part. A 404, 409 or 422 is an answer, never one of these. */
export class ErpFailure extends Error {
  readonly kind: ErpFailureKind;
  /** What was asked may still be under way there: no complete answer came, or one of somebody in between. */
  readonly late: boolean;
  /** What was asked; whoever lets the call through knows. */
  operation: ErpOperation = "ping";
  /** Of a feed: as much of it as had come. */
  pulled: { snapshot: string; takenAt: Date; rows: number } | null = null;

  constructor(kind: ErpFailureKind, message: string, { late = false, ...options }: ErrorOptions & { late?: boolean } = {}) {
    super(message, options);
    this.name = "ErpFailure";
    this.kind = kind;
    this.late = late;
  }
}
