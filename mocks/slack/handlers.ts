import { delay, http, HttpResponse, type RequestHandler } from "msw";
import { z } from "zod";
import { escape, langOf, page, time } from "#mocks/pages.ts";
import { slackModes, slackShape, type SlackState } from "./state.ts";

const control = z.object({ mode: z.enum(slackModes) });

const words = {
  id: {
    title: "Slack demo",
    hint: "Yang dikirim sistem ini ke kanal Slack kami, terbaru di atas. Tidak ada yang benar-benar terkirim.",
    empty: "Belum ada pesan. Sebuah insiden SEV-1 sampai SEV-3 mengirim satu.",
  },
  en: {
    title: "Demo Slack",
    hint: "What this system sent to our Slack channels, newest first. None of it really left this machine.",
    empty: "No message yet. An incident of SEV-1 to SEV-3 sends one.",
  },
};

/** Slack's incoming webhooks, one per channel, their control address, and a page to read what was sent. */
export function slackHandlers(state: SlackState): RequestHandler[] {
  return [
    http.post("*/slack/control", async ({ request }) => {
      const asked = control.safeParse(await request.json().catch(() => null));
      if (!asked.success)
        return HttpResponse.json({ message: `mode must be one of ${slackModes.join(", ")}` }, { status: 400 });
      state.mode = asked.data.mode;
      return HttpResponse.json({ mode: state.mode });
    }),
    http.get("*/slack/messages", () => HttpResponse.json(state.list())),
    http.post("*/slack/:channel", async ({ request, params }) => {
      if (state.mode === "down") return HttpResponse.error();
      if (state.mode === "500") return new HttpResponse("server_error", { status: 500 });
      if (state.mode === "429") return new HttpResponse("", { status: 429, headers: { "retry-after": "1" } });
      if (state.mode === "gone") return new HttpResponse("no_service", { status: 404 });
      if (state.mode === "slow") {
        await delay("infinite");
        return HttpResponse.error();
      }
      const message = slackShape.safeParse(await request.json().catch(() => null));
      if (!message.success) return new HttpResponse("invalid_payload", { status: 400 });
      state.accept(String(params.channel), message.data.text);
      return state.mode === "lost" ? HttpResponse.error() : new HttpResponse("ok");
    }),
    http.get("*/dev/slack", ({ request }) => {
      const t = words[langOf(request)];
      const items = state
        .list()
        .map(
          ({ channel, text, received_at }) =>
            `<li><div><strong>#${escape(channel)}</strong><span>${shown(text)}</span>` +
            `<span>${time(received_at)}</span></div></li>`,
        );
      return page(request, {
        title: t.title,
        links: [],
        body: `<p>${t.hint}</p>${items.length > 0 ? `<ul>${items.join("")}</ul>` : `<p>${t.empty}</p>`}`,
      });
    }),
  ];
}

// As Slack shows it: what was written out is read back, and nothing in it is a command.
const shown = (text: string) =>
  escape(text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&")).replace(
    /https?:\/\/[^\s<>"]+/g,
    (url) => `<a href="${url}">${url}</a>`,
  );
