// The mail catcher on a real port: PORT (4020), MAIL_STATE_FILE (where the mails live).
import { serveForever } from "#mocks/serve.ts";
import { mailHandlers } from "./handlers.ts";
import { MailState } from "./state.ts";

const state = new MailState({ file: process.env.MAIL_STATE_FILE });
await serveForever("Mail catcher", mailHandlers(state), Number(process.env.PORT ?? 4020));
