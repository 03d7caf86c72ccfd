import { z } from "zod";
import { services, serviceStates } from "./status.ts";

const words = (most: number) => z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(most, "TOO_LONG");

/** A moment as a browser's field writes it, on the clock of the business: 2026-11-30T14:05. */
const moment = z
  .string("WHEN_ENDS")
  .trim()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/, "WHEN_ENDS")
  .refine((text) => !Number.isNaN(Date.parse(`${text}+07:00`)), "WHEN_ENDS")
  .transform((text) => new Date(`${text}+07:00`));
const whole = z.coerce.number("STALE").int("STALE").positive("STALE").max(Number.MAX_SAFE_INTEGER, "STALE");
const orNull = <T>(schema: z.ZodType<T>) =>
  z.preprocess((value) => (value === undefined || value === "" ? null : value), schema.nullable());

/** `id` and `version`: the one that is changed, as it was shown; none of them: a new one. `from` empty: now. */
export const maintenanceForm = z.object({
  id: orNull(whole),
  version: orNull(whole),
  mode: z.enum(["READ_ONLY", "FULL"], "MODE"),
  from: orNull(moment),
  until: moment,
  textId: words(400),
  textEn: words(400),
  reason: words(200),
});
export type MaintenanceForm = z.output<typeof maintenanceForm>;

export const endForm = z.object({ id: whole, version: whole, reason: words(200) });

export const updateForm = z.object({
  ref: z.string("NOT_FOUND").regex(/^INC-\d{4}-\d{5,9}$/, "NOT_FOUND"),
  service: z.enum(services, "SERVICE"),
  state: z.enum(serviceStates, "STATE"),
  textId: words(600),
  textEn: words(600),
});
export type UpdateForm = z.output<typeof updateForm>;

export const subscribeForm = z.object({ email: z.email("EMAIL").max(200, "EMAIL") });

/** A moment as the browser's field takes it. */
export const toField = (moment: Date | string) =>
  new Date(new Date(moment).getTime() + 7 * 3_600_000).toISOString().slice(0, 16);
