// The web process of the demo and of the tests: production's, and one more address that leads to the mailbox.
import { startWeb } from "../../server.ts";

const mailbox = process.env.MAILBOX_URL ?? "";

await startWeb([
  (request, response, next) => {
    if (request.url?.split("?", 1)[0] !== "/dev/mailbox") return next();
    response.writeHead(302, { location: mailbox, "cache-control": "no-store" }).end();
  },
]);
