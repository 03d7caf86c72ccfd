import { delay, http, HttpResponse, type RequestHandler } from "msw";
import { z } from "zod";
import { escape, langOf, page, time } from "#mocks/pages.ts";
import { sentryModes, type SentryState } from "./state.ts";

const control = z.object({ mode: z.enum(sentryModes) });

const words = {
  id: {
    title: "Sentry demo",
    hint: "Galat yang dilaporkan sistem ini, terbaru di atas. Tidak ada yang benar-benar terkirim.",
    empty: "Belum ada galat.",
  },
  en: {
    title: "Demo Sentry",
    hint: "Errors that this system reported, newest first. None of it really left this machine.",
    empty: "No error yet.",
  },
};

/** Sentry's address for envelopes, its control address, and a page to read what was reported. */
export function sentryHandlers(state: SentryState): RequestHandler[] {
  return [
    http.post("*/sentry/control", async ({ request }) => {
      const asked = control.safeParse(await request.json().catch(() => null));
      if (!asked.success)
        return HttpResponse.json({ message: `mode must be one of ${sentryModes.join(", ")}` }, { status: 400 });
      state.mode = asked.data.mode;
      return HttpResponse.json({ mode: state.mode, requests: state.requests });
    }),
    http.get("*/sentry/events", () => HttpResponse.json(state.list())),
    http.post("*/api/:project/envelope/", async ({ request }) => {
      state.requests += 1;
      if (state.mode === "down") return HttpResponse.error();
      if (state.mode === "500") return new HttpResponse("", { status: 500 });
      if (state.mode === "429") return new HttpResponse("", { status: 429, headers: { "retry-after": "60" } });
      if (state.mode === "slow") {
        await delay("infinite");
        return HttpResponse.error();
      }
      if (!new URL(request.url).searchParams.get("sentry_key")) return new HttpResponse("", { status: 403 });
      if (!state.accept(await request.text())) return HttpResponse.json({ detail: "bad envelope" }, { status: 400 });
      return state.mode === "lost" ? HttpResponse.error() : HttpResponse.json({});
    }),
    http.get("*/dev/sentry", ({ request }) => {
      const t = words[langOf(request)];
      const items = state.list().map(({ message, logger, timestamp, contexts }) => {
        const about = `${escape(logger)} ${escape(contexts.trace?.trace_id ?? "")}`;
        const at = time(new Date(timestamp * 1000).toISOString());
        return `<li><div><strong>${escape(message)}</strong><span>${about}</span>${at}</div></li>`;
      });
      const list = items.length > 0 ? `<ul>${items.join("")}</ul>` : `<p>${t.empty}</p>`;
      return page(request, { title: t.title, links: [], body: `<p>${t.hint}</p>${list}` });
    }),
  ];
}
