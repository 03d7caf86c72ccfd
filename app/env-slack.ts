import type { z } from "zod";
import { httpUrl } from "./env-rules.ts";

/** An address whose path is a secret: never repeated, in no message. */
export const webhookUrl = httpUrl;

/** Slack's three incoming webhooks, by the severity matrix: all of them, or Slack is not used. */
export const slackSettings = {
  SLACK_WEBHOOK_CRITICAL: webhookUrl.optional(),
  SLACK_WEBHOOK_PRODUCTION: webhookUrl.optional(),
  SLACK_WEBHOOK_WARNING: webhookUrl.optional(),
};

/** Says which of the three is missing beside the others. */
export function refuseHalfSlack(
  value: Partial<Record<keyof typeof slackSettings, string | undefined>>,
  context: z.RefinementCtx,
): void {
  const names = Object.keys(slackSettings) as Array<keyof typeof slackSettings>;
  const missing = names.filter((name) => value[name] === undefined);
  if (missing.length === 0 || missing.length === names.length) return;
  for (const name of missing)
    context.addIssue({ code: "custom", path: [name], message: "is needed beside the other two of Slack" });
}
