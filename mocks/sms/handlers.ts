import { http, HttpResponse, type RequestHandler } from "msw";
import { z } from "zod";
import { escape, langOf, page, time } from "#mocks/pages.ts";
import { smsModes, smsShape, type SmsState } from "./state.ts";

const control = z.object({ mode: z.enum(smsModes) });

const words = {
  id: {
    title: "SMS demo",
    mailbox: "Kotak surat",
    hint: "Semua SMS yang dikirim sistem ini, terbaru di atas. Tidak ada yang benar-benar terkirim.",
    empty: "Belum ada SMS. Buat order dalam Shadow Mode, lalu muat ulang halaman ini.",
    length: (n: number) => `${n} huruf`,
  },
  en: {
    title: "Demo SMS",
    mailbox: "Mailbox",
    hint: "Every SMS this system sent, newest first. None of them really left this machine.",
    empty: "No SMS yet. Place an order in Shadow Mode, then reload this page.",
    length: (n: number) => `${n} characters`,
  },
};

/** A gateway as jobs/sms.ts speaks to it, its control address, and a page to read what was sent. */
export function smsHandlers(
  state: SmsState,
  { token, mailUrl }: { token?: string; mailUrl?: string } = {},
): RequestHandler[] {
  return [
    http.post("*/messages", async ({ request }) => {
      if (state.mode === "down") return HttpResponse.error();
      if (state.mode === "500") return answer(500);
      if (state.mode === "429") return answer(429);
      const given = request.headers.get("authorization") ?? "";
      if (token ? given !== `Bearer ${token}` : !/^Bearer \S+$/.test(given)) return answer(401);
      const sms = smsShape.safeParse(await request.json().catch(() => null));
      if (!sms.success || state.mode === "reject") return answer(422);
      const { id } = state.accept(sms.data, request.headers.get("idempotency-key"));
      return state.mode === "lost" ? HttpResponse.error() : HttpResponse.json({ id }, { status: 202 });
    }),
    http.get("*/messages", ({ request }) => HttpResponse.json(state.list(new URL(request.url).searchParams.get("to")))),
    http.get("*/control", () => HttpResponse.json({ mode: state.mode, messages: state.list().length })),
    http.post("*/control", async ({ request }) => {
      const asked = control.safeParse(await request.json().catch(() => null));
      if (!asked.success)
        return HttpResponse.json({ message: `mode must be one of ${smsModes.join(", ")}` }, { status: 400 });
      state.mode = asked.data.mode;
      return HttpResponse.json({ mode: state.mode });
    }),
    http.get("*/dev/sms", ({ request }) => {
      const lang = langOf(request);
      const t = words[lang];
      const items = state.list().map(
        ({ to, sender, text, received_at }) => `<li><div><strong>+${escape(to)}</strong><span>${linked(text)}</span>
<span>${escape(sender)} · ${t.length(text.length)} · ${time(received_at)}</span></div></li>`,
      );
      const links = mailUrl ? [{ href: `${mailUrl}/dev/mailbox?lang=${lang}`, label: t.mailbox }] : [];
      return page(request, {
        title: t.title,
        links,
        body: `<p>${t.hint}</p>${items.length > 0 ? `<ul>${items.join("")}</ul>` : `<p>${t.empty}</p>`}`,
      });
    }),
  ];
}

// As a telephone shows it: an address is something to press.
const linked = (text: string) => escape(text).replace(/https?:\/\/[^\s<>"]+/g, (url) => `<a href="${url}">${url}</a>`);

const answer = (status: number) => HttpResponse.json({ message: `status ${status}` }, { status });
