import { z } from "zod";

/** Milliseconds for one whole exchange with the ERP, from connecting to the last byte. */
export const usualTimeoutMs = 3_000;

const words = "is not a number of milliseconds from 500 to 8000";
/**
 * ERP_TIMEOUT_MS. Eight seconds at most: the database believes for twenty that a call may be on its way, and one begins
 * up to ten after it was allowed (sync.ts).
 */
export const timeoutMs = z.coerce.number(words).int(words).min(500, words).max(8_000, words).default(usualTimeoutMs);
