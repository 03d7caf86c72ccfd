import { http, HttpResponse, type RequestHandler } from "msw";
import { z } from "zod";
import { mailboxHandlers } from "./mailbox.ts";
import { emailShape, mailModes, type MailState } from "./state.ts";

const control = z.object({ mode: z.enum(mailModes) });

/** Resend's HTTP API as far as we use it, the control address, and the mailbox pages, over one state. */
export function mailHandlers(state: MailState): RequestHandler[] {
  return [
    http.post("*/emails", async ({ request }) => {
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
      return HttpResponse.json({ id: message.id });
    }),

    http.get("*/messages", ({ request }) => HttpResponse.json(state.list(new URL(request.url).searchParams.get("to")))),
    http.delete("*/messages", () => {
      state.clear();
      return HttpResponse.json([]);
    }),

    http.get("*/control", () => HttpResponse.json({ mode: state.mode, messages: state.list().length })),
    http.post("*/control", async ({ request }) => {
      const asked = control.safeParse(await request.json().catch(() => null));
      if (!asked.success) return HttpResponse.json({ message: `mode must be one of ${mailModes.join(", ")}` }, { status: 400 });
      state.mode = asked.data.mode;
      return HttpResponse.json({ mode: state.mode, messages: state.list().length });
    }),

    ...mailboxHandlers(state),
  ];
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
