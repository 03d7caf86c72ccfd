// The mail catcher on a real port: PORT (4020), MAIL_STATE_FILE (where the mails live), SMS_URL (the page beside the
// mailbox), WEBHOOK_URL and WEBHOOK_SECRET (who is told what becomes of a mail).
import { serveForever } from "#mocks/serve.ts";
import { mailHandlers } from "./handlers.ts";
import { MailState } from "./state.ts";

const { MAIL_STATE_FILE: file, SMS_URL: smsUrl, WEBHOOK_URL: url, WEBHOOK_SECRET: secret } = process.env;
const state = new MailState({ file });
const listener = url && secret ? { url, secret } : undefined;
await serveForever("Mail catcher", mailHandlers(state, { listener, smsUrl }), Number(process.env.PORT ?? 4020));
