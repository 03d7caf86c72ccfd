// The web process of the demo and of the tests: production's, and the addresses that lead to the mailbox and the SMS.
import { startWeb } from "../server.ts";

const { MAILBOX_URL = "", SMS_URL = "" } = process.env;
const leads: Record<string, string> = {
  "/dev/mailbox": MAILBOX_URL,
  "/dev/sms": SMS_URL,
  "/dev/slack": SMS_URL,
  "/dev/sentry": SMS_URL,
};

await startWeb([
  (request, response, next) => {
    const path = request.url?.split("?", 1)[0] ?? "";
    const base = Object.hasOwn(leads, path) ? leads[path] : undefined;
    if (base === undefined) return next();
    response.writeHead(302, { location: base + path, "cache-control": "no-store" }).end();
  },
]);
