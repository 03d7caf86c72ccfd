import { z } from "zod";

const ago = z
  .number()
  .min(0)
  .max(30 * 86_400);

/** What the watcher tells: that it is there, or an outage with how many seconds ago it began and ended. */
export const told = z.union([
  z.strictObject({ alive: z.literal(true) }),
  z.strictObject({
    id: z.uuid(),
    what: z.enum(["DATABASE", "SITE", "WEB", "WORKER"]),
    beganAgo: ago,
    endedAgo: ago.nullable(),
    told: z.boolean(),
  }),
]);
export type Told = z.output<typeof told>;

/**
 * What a service says that looks at the site from outside: `status`, or `alertType` as UptimeRobot has it (1: down, 2:
 * up). `key` is the secret, for services that cannot send a header.
 */
export const uptime = z
  .looseObject({
    status: z.enum(["down", "up"]).optional(),
    alertType: z.coerce
      .string()
      .pipe(z.enum(["1", "2"]))
      .optional(),
  })
  .refine(({ status, alertType }) => (status === undefined) !== (alertType === undefined))
  .transform(({ status, alertType }) => ({ down: status === "down" || alertType === "1" }));
