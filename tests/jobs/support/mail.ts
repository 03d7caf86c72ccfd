import { afterEach, beforeEach } from "vitest";
import { mailer } from "#jobs/mailer.ts";
import { mailHandlers } from "#mocks/mail/handlers.ts";
import { MailState } from "#mocks/mail/state.ts";
import { serve, type Served } from "#mocks/serve.ts";

/** A pretended mail provider, as new for each test. */
export function mailProvider() {
  let state: MailState;
  let served: Served;
  beforeEach(async () => {
    state = new MailState();
    served = await serve(mailHandlers(state), 0);
  });
  afterEach(() => served.close());
  return {
    get state() {
      return state;
    },
    /** What a pass of the worker sends mails with; `port`: where it looks for the provider. */
    sending: (port = served.port) => ({
      deliver: mailer({
        apiKey: "re_demo",
        baseUrl: `http://127.0.0.1:${port}`,
        from: "Alfa <order@alfa.test>",
        deadlineMs: 2_000,
      }),
      appUrl: "https://b2b.alfa.test",
      whatsapp: "628110000001",
      salesInbox: "sales@alfa.test",
    }),
  };
}
