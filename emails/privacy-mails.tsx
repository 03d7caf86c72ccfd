import { type Lang, wib } from "./format.ts";
import { email, Figures, MailLayout, Paragraph, PlainLink, Small } from "./layout.tsx";

const kinds: Record<Lang, Record<string, string>> = {
  id: {
    ACCESS: "Salinan data",
    CORRECTION: "Perbaikan data",
    RESTRICTION: "Pembatasan",
    WITHDRAWAL: "Menarik persetujuan",
    ERASURE: "Penghapusan",
    OBJECTION: "Keberatan atas penutupan akun otomatis",
  },
  en: {
    ACCESS: "Copy of the data",
    CORRECTION: "Correction",
    RESTRICTION: "Restriction",
    WITHDRAWAL: "Withdrawal of consent",
    ERASURE: "Erasure",
    OBJECTION: "Objection to an automatic suspension",
  },
};
const moment = (at: string, lang: Lang) => (at ? wib(new Date(at), lang) : "");

/** To whoever asks about his data: the receipt. */
export const privacyAsked = email({
  example: {
    ref: "PDP-2026-00001",
    kind: "ACCESS",
    askedAt: "2026-11-20T07:05:00Z",
    dueAt: "2026-11-23T07:05:00Z",
    whatsapp: "628110000001",
  },
  subject: ({ ref }, lang) =>
    lang === "id" ? `Permintaan Anda tentang data pribadi (${ref})` : `Your request about personal data (${ref})`,
  body: ({ ref, kind, askedAt, dueAt, whatsapp }, lang) => {
    const id = lang === "id";
    const text = id
      ? "Permintaan Anda kami terima. Seorang petugas memastikan dulu bahwa yang meminta memang Anda, lalu menjawab."
      : "We have your request. A person finds out first that it is you who asks, and then answers.";
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        <Figures
          rows={[
            { label: id ? "Nomor" : "Number", value: ref },
            { label: id ? "Permintaan" : "Request", value: kinds[lang][kind] ?? kind },
            { label: id ? "Diterima" : "Received", value: moment(askedAt, lang) },
            { label: id ? "Dijawab sebelum" : "Answered before", value: moment(dueAt, lang) },
          ]}
        />
        <Small>
          {id ? "Bukan Anda yang meminta? Beri tahu kami: " : "It was not you who asked? Tell us: "}
          <PlainLink href={`https://wa.me/${whatsapp}`}>{`+${whatsapp}`}</PlainLink>
        </Small>
      </MailLayout>
    );
  },
});

/** To the same: the answer. */
export const privacyAnswered = email({
  example: {
    ref: "PDP-2026-00001",
    kind: "ACCESS",
    outcome: "GRANTED",
    answer: "Salinannya kami serahkan lewat telepon dan e-mail.",
    askedAt: "2026-11-20T07:05:00Z",
    doneAt: "2026-11-21T03:10:00Z",
    whatsapp: "628110000001",
  },
  subject: ({ ref }, lang) =>
    lang === "id" ? `Jawaban atas permintaan Anda (${ref})` : `Our answer to your request (${ref})`,
  body: ({ ref, kind, outcome, answer, askedAt, doneAt, whatsapp }, lang) => {
    const id = lang === "id";
    const granted = outcome === "GRANTED";
    return (
      <MailLayout lang={lang} preview={answer}>
        <Paragraph>{answer}</Paragraph>
        <Figures
          rows={[
            { label: id ? "Nomor" : "Number", value: ref },
            { label: id ? "Permintaan" : "Request", value: kinds[lang][kind] ?? kind },
            {
              label: id ? "Keputusan" : "Decision",
              value: granted ? (id ? "Dikabulkan" : "Granted") : id ? "Ditolak" : "Refused",
            },
            { label: id ? "Diterima" : "Received", value: moment(askedAt, lang) },
            { label: id ? "Dijawab" : "Answered", value: moment(doneAt, lang) },
          ]}
        />
        <Small>
          {id ? "Tidak setuju dengan jawaban ini? Hubungi kami: " : "You do not agree with this answer? Tell us: "}
          <PlainLink href={`https://wa.me/${whatsapp}`}>{`+${whatsapp}`}</PlainLink>
        </Small>
      </MailLayout>
    );
  },
});

/** To the same, before anybody works on his data again: why the restriction ends. */
export const privacyLifted = email({
  example: {
    ref: "PDP-2026-00001",
    why: "Keberatan Anda sudah diperiksa: datanya benar.",
    doneAt: "2026-11-25T03:10:00Z",
    whatsapp: "628110000001",
  },
  subject: ({ ref }, lang) =>
    lang === "id" ? `Pembatasan data Anda berakhir (${ref})` : `The restriction of your data ends (${ref})`,
  body: ({ ref, why, doneAt, whatsapp }, lang) => {
    const id = lang === "id";
    const text = id
      ? "Anda pernah meminta agar data Anda tidak dikerjakan. Pembatasan itu kami akhiri, dengan alasan ini:"
      : "You had asked that nobody works on your data. We end that restriction, for this reason:";
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        <Paragraph>{why}</Paragraph>
        <Figures
          rows={[
            { label: id ? "Nomor" : "Number", value: ref },
            { label: id ? "Berakhir" : "Ended", value: moment(doneAt, lang) },
          ]}
        />
        <Small>
          {id ? "Tidak setuju? Hubungi kami: " : "You do not agree? Tell us: "}
          <PlainLink href={`https://wa.me/${whatsapp}`}>{`+${whatsapp}`}</PlainLink>
        </Small>
      </MailLayout>
    );
  },
});
