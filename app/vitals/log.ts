import { z } from "zod";
import { orderNumber } from "#app/orders/order.ts";
import { cursor, misread, readFilter } from "#app/ui/list.ts";

/** Levels as pino counts them, from the mildest on. */
export const logLevels = { info: 30, warn: 40, error: 50 } as const;
export type LogLevel = keyof typeof logLevels;

const typed = (pattern: RegExp) => z.string().trim().toLowerCase().regex(pattern).nullable().catch(null);

/** The number of a request, as it stands on an error page; or an order's, for all requests about it. */
const numbered = z
  .string()
  .trim()
  .transform((typed) => (/^ord-/i.test(typed) ? typed.toUpperCase() : typed.toLowerCase().replaceAll("-", "")))
  .pipe(z.union([z.string().regex(/^[0-9a-f]{32}$/), z.string().regex(orderNumber)]))
  .nullable()
  .catch(null);

/** What lines of the log may be asked for. `level`: that one and worse. `day`: of Jakarta, and what was before it. */
const logFilter = z.object({
  level: z.enum(["warn", "error"]).nullable().catch(null),
  request: numbered,
  day: typed(/^2\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
    .refine((day) => day === null || new Date(day).toISOString().startsWith(day))
    .catch(null),
  after: cursor,
});
export type LogFilter = z.output<typeof logFilter>;
export const logFields = ["request", "day"] as const;

export const readLogFilter = (params: URLSearchParams): LogFilter => readFilter(logFilter, params);

/** The fields that hold what cannot be looked for. Nothing is searched then. */
export const misreadLog = (params: URLSearchParams, filter: LogFilter) => misread(logFields, params, filter);

/** Which of the three a level is: what pino calls fatal is an error to us. */
export const levelOf = (level: number): LogLevel => (level >= 50 ? "error" : level >= 40 ? "warn" : "info");
