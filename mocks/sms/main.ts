// The pretended SMS gateway on a real port, and Slack and Sentry beside it: PORT (4030), SMS_STATE_FILE (where the
// texts live), SLACK_STATE_FILE (where the messages do), SMS_GATEWAY_TOKEN, MAIL_URL (the mailbox beside it).
import { serveForever } from "#mocks/serve.ts";
import { sentryHandlers } from "#mocks/sentry/handlers.ts";
import { SentryState } from "#mocks/sentry/state.ts";
import { slackHandlers } from "#mocks/slack/handlers.ts";
import { SlackState } from "#mocks/slack/state.ts";
import { smsHandlers } from "./handlers.ts";
import { SmsState } from "./state.ts";

const { SMS_STATE_FILE: file, SLACK_STATE_FILE: slackFile, SMS_GATEWAY_TOKEN: token, MAIL_URL: mailUrl } = process.env;
await serveForever(
  "SMS gateway",
  [
    ...sentryHandlers(new SentryState()),
    ...slackHandlers(new SlackState({ file: slackFile })),
    ...smsHandlers(new SmsState({ file }), { token, mailUrl }),
  ],
  Number(process.env.PORT ?? 4030),
);
