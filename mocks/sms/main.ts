// The pretended SMS gateway on a real port: PORT (4030), SMS_STATE_FILE (where the texts live), SMS_GATEWAY_TOKEN,
// MAIL_URL (the mailbox beside it).
import { serveForever } from "#mocks/serve.ts";
import { smsHandlers } from "./handlers.ts";
import { SmsState } from "./state.ts";

const { SMS_STATE_FILE: file, SMS_GATEWAY_TOKEN: token, MAIL_URL: mailUrl } = process.env;
await serveForever(
  "SMS gateway",
  smsHandlers(new SmsState({ file }), { token, mailUrl }),
  Number(process.env.PORT ?? 4030),
);
