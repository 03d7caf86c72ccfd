import { z } from "zod";
import { httpUrl, readSettings, secret, settingsOrExit, text } from "#app/env-rules.ts";
import { refuseHalfSlack, slackSettings, webhookUrl } from "#app/env-slack.ts";

// The only reader of process.env in the watcher. It has no login of the database, and no key but these.

const sites = z
  .string()
  .transform((value) => value.split(",").map((one) => one.trim()))
  .pipe(z.array(httpUrl).min(1));

const watcher = z
  .object({
    APP_URL: httpUrl,
    WATCH_URLS: sites.optional(),
    WATCHER_STATE_FILE: text,
    METRICS_TOKEN: secret.min(16, "is shorter than 16 characters"),
    UPTIME_SECRET: secret.min(24, "is shorter than 24 characters"),
    WATCHER_DEAD_MAN_URL: webhookUrl.optional(),
    // Seconds from one round to the next; three bad ones in a row are an outage.
    WATCH_EVERY_SECONDS: z.coerce.number("is not a number").min(0.1).max(60).default(10),
    ...slackSettings,
  })
  .superRefine(refuseHalfSlack);

export const env = settingsOrExit(() => readSettings(watcher, process.env, []));
