import { http, HttpResponse, type RequestHandler } from "msw";
import { z } from "zod";
import { eventTypes, type Listener, tell } from "./events.ts";
import { mailboxHandlers } from "./mailbox.ts";
import { emailShape, mailModes, type MailState, type Message } from "./state.ts";

const control = z.object({
  mode: z.enum(mailModes).optional(),
  delayMs: z.number().int().min(0).max(60_000).optional(),
});
const event = z.object({
  id: z.string(),
  type: z.enum(eventTypes),
  eventId: z.string().optional(),
  at: z.coerce.date().optional(),
  sentAt: z.coerce.date().optional(),
});

/**
 * `listener`: who is told what becomes of a mail; every mail is then reported as delivered. `smsUrl`: the page beside
 * the mailbox.
 */
export type MailOptions = { listener?: Listener; smsUrl?: string };

/** Resend's HTTP API as far as we use it, the control addresses, and the mailbox pages, over one state. */
export function mailHandlers(state: MailState, { listener, smsUrl }: MailOptions = {}): RequestHandler[] {
  return [
    http.post("*/emails", async ({ request }) => {
      state.counts.requests += 1;
      if (state.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, Math.random() * state.delayMs));
      const fault = faultOf(state);
      if (fault) return fault;
      if (!/^Bearer \S+$/.test(request.headers.get("authorization") ?? "")) {
        return refuse(401, "missing_api_key", "Missing API key in the authorization header");
      }
      const email = emailShape.safeParse(await request.json().catch(() => null));
      if (!email.success) return refuse(422, "validation_error", "The mail is not valid");

      const message = state.accept(email.data, request.headers.get("idempotency-key"));
      if (message === "conflict") {
        return refuse(409, "invalid_idempotent_request", "Same idempotency key used with a different request payload");
      }
      if (listener) void report(listener, message);
      return state.mode === "lost" ? HttpResponse.error() : HttpResponse.json({ id: message.id });
    }),

    http.get("*/messages", ({ request }) => HttpResponse.json(state.list(new URL(request.url).searchParams.get("to")))),
    http.delete("*/messages", () => {
      state.clear();
      return HttpResponse.json([]);
    }),

    http.post("*/control/events", async ({ request }) => {
      const form = request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
      const asked = event.safeParse(
        form ? Object.fromEntries(await request.formData()) : await request.json().catch(() => null),
      );
      const message = asked.success ? state.find(asked.data.id) : null;
      if (!asked.success || !message || !listener)
        return HttpResponse.json({ message: "no such mail, event or listener" }, { status: 400 });
      const status = await tell(listener, message, asked.data);
      if (!form) return HttpResponse.json({ status });
      const lang = new URL(request.url).searchParams.get("lang") === "en" ? "en" : "id";
      return new HttpResponse(null, { status: 303, headers: { location: `/dev/mailbox/${message.id}?lang=${lang}` } });
    }),
    http.get("*/control", () => HttpResponse.json(seen(state))),
    http.post("*/control", async ({ request }) => {
      const asked = control.safeParse(await request.json().catch(() => null));
      if (!asked.success)
        return HttpResponse.json({ message: `mode must be one of ${mailModes.join(", ")}` }, { status: 400 });
      state.mode = asked.data.mode ?? state.mode;
      state.delayMs = asked.data.delayMs ?? state.delayMs;
      return HttpResponse.json(seen(state));
    }),

    ...mailboxHandlers(state, { smsUrl, canTell: listener !== undefined }),
  ];
}

const seen = (state: MailState) => ({ mode: state.mode, messages: state.list().length, ...state.counts });

// As the provider does without being asked. The application may be down: the real one would try again, nobody here
// needs that.
async function report(listener: Listener, message: Message): Promise<void> {
  await tell(listener, message, { type: "email.sent" }).catch(() => undefined);
  await tell(listener, message, { type: "email.delivered" }).catch(() => undefined);
}

function faultOf(state: MailState): Response | null {
  if (state.mode === "down") return HttpResponse.error();
  if (state.mode === "500") return refuse(500, "internal_server_error", "Internal server error");
  if (state.mode === "429") return refuse(429, "rate_limit_exceeded", "Too many requests", { "retry-after": "1" });
  if (state.mode === "reject") return refuse(422, "validation_error", "Invalid `to` field");
  return null;
}

function refuse(statusCode: number, name: string, message: string, headers?: Record<string, string>): Response {
  return HttpResponse.json({ statusCode, name, message }, { status: statusCode, headers });
}
