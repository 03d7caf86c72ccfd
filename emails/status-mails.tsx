import { wib, type Lang } from "./format.ts";
import { ActionLink, email, MailLayout, Paragraph, Small } from "./layout.tsx";

// To whoever asked on the status page to be told: he may be anybody, so nothing here names an account or a store.

/** The only mail to an address that has not confirmed. */
export const statusConfirm = email({
  example: { token: "1.x", appUrl: "https://b2b.example" },
  subject: (_, lang) => (lang === "id" ? "Konfirmasi: kabar keadaan sistem" : "Please confirm: news of our system"),
  body: ({ token, appUrl }, lang) => {
    const id = lang === "id";
    const text = id
      ? "Seseorang, mungkin Anda, meminta kabar keadaan sistem pemesanan Alfa Beauty Cosmetica dikirim ke alamat ini."
      : "Somebody, maybe you, asked for news of Alfa Beauty Cosmetica's ordering system at this address.";
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        <ActionLink href={`${appUrl}/status/confirm/${token}`}>
          {id ? "Ya, kirimi saya kabar" : "Yes, tell me"}
        </ActionLink>
        <Small>
          {id
            ? "Kalau bukan Anda, abaikan saja e-mail ini: tanpa konfirmasi tidak ada kabar yang dikirim. Tautan ini " +
              "berlaku tujuh hari."
            : "If it was not you, ignore this mail: without a confirmation nothing is sent. The link is good for " +
              "seven days."}
        </Small>
      </MailLayout>
    );
  },
});

/** One word of staff to stores. */
export const statusUpdate = email({
  example: {
    service: "ORDERING",
    state: "DEGRADED",
    textId: "Sambungan ke ERP putus. Order tetap diterima.",
    textEn: "The link to the ERP is down. Orders are still taken.",
    token: "1.x",
    appUrl: "https://b2b.example",
  },
  headers: leaving,
  subject: ({ service, state }, lang) => `${nameOf(services, service, lang)}: ${nameOf(states, state, lang)}`,
  body: ({ textId, textEn, token, appUrl }, lang) => (
    <MailLayout lang={lang} preview={lang === "id" ? textId : textEn}>
      <Paragraph>{lang === "id" ? textId : textEn}</Paragraph>
      <Ways lang={lang} token={token} appUrl={appUrl} />
    </MailLayout>
  ),
});

/** Maintenance is announced, changed, called off, begins or ends. */
export const maintenanceTold = email({
  example: {
    step: "ANNOUNCED",
    mode: "FULL",
    from: "2026-11-21T14:05:00+00:00",
    until: "2026-11-21T16:05:00+00:00",
    textId: "Pindah ke server baru.",
    textEn: "Moving to a new server.",
    token: "1.x",
    appUrl: "https://b2b.example",
  },
  headers: leaving,
  subject: ({ step, from }, lang) => `${nameOf(steps, step, lang)} (${moment(from, lang)})`,
  body: ({ step, mode, from, until, textId, textEn, token, appUrl }, lang) => {
    const id = lang === "id";
    const over = step === "ENDED" || step === "CANCELLED";
    const text = `${nameOf(steps, step, lang)}. ${over ? "" : nameOf(modes, mode, lang)}`;
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text.trim()}</Paragraph>
        {step === "ENDED" ? null : (
          <Paragraph>{`${moment(from, lang)} ${id ? "sampai" : "to"} ${moment(until, lang)}`}</Paragraph>
        )}
        {over ? null : <Paragraph>{id ? textId : textEn}</Paragraph>}
        <Ways lang={lang} token={token} appUrl={appUrl} />
      </MailLayout>
    );
  },
});

type Words = Record<string, Record<Lang, string>>;
const services: Words = {
  ORDERING: { id: "Pemesanan", en: "Ordering" },
  ERP: { id: "Sambungan ke ERP", en: "Link to the ERP" },
  MAIL: { id: "E-mail", en: "E-mail" },
  SMS: { id: "SMS", en: "Text messages" },
};
const states: Words = {
  OK: { id: "kembali normal", en: "back to normal" },
  DEGRADED: { id: "terganggu", en: "degraded" },
  DOWN: { id: "tidak berjalan", en: "down" },
};
const steps: Words = {
  ANNOUNCED: { id: "Pemeliharaan direncanakan", en: "Maintenance is planned" },
  CHANGED: { id: "Jadwal pemeliharaan berubah", en: "The maintenance has changed" },
  CANCELLED: { id: "Pemeliharaan dibatalkan", en: "The maintenance is called off" },
  BEGUN: { id: "Pemeliharaan dimulai", en: "Maintenance has begun" },
  ENDED: { id: "Pemeliharaan selesai", en: "Maintenance is over" },
};
const modes: Words = {
  FULL: {
    id: "Selama itu situs pemesanan ditutup. Order yang sudah dikonfirmasi aman.",
    en: "Meanwhile the ordering site is closed. Confirmed orders are safe.",
  },
  READ_ONLY: {
    id: "Selama itu situs pemesanan hanya dapat dilihat. Order yang sudah dikonfirmasi aman.",
    en: "Meanwhile the ordering site can only be looked at. Confirmed orders are safe.",
  },
};
const nameOf = (words: Words, key: string, lang: Lang) => words[key]?.[lang] ?? "";
const moment = (text: string, lang: Lang) => (Number.isNaN(Date.parse(text)) ? "" : wib(new Date(text), lang));

const leaveUrl = ({ appUrl, token }: { appUrl: string; token: string }) => `${appUrl}/status/unsubscribe/${token}`;

/** One press in the mail program is enough (RFC 8058). */
function leaving(props: { appUrl: string; token: string }): Record<string, string> {
  return { "List-Unsubscribe": `<${leaveUrl(props)}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}

function Ways({ lang, ...link }: { lang: Lang; token: string; appUrl: string }) {
  const id = lang === "id";
  return (
    <>
      <ActionLink href={`${link.appUrl}/status`}>
        {id ? "Lihat keadaan sistem" : "See the state of the system"}
      </ActionLink>
      <ActionLink kind="quiet" href={leaveUrl(link)}>
        {id ? "Berhenti menerima kabar ini" : "Stop sending me this"}
      </ActionLink>
    </>
  );
}
