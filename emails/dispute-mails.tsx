import { rupiah } from "./format.ts";
import { ActionLink, email, Figures, MailLayout, Paragraph, PlainLink, Small } from "./layout.tsx";

/** To the admins: an owner says that an order in his name is not his. */
export const disputeRaised = email({
  example: {
    order: "ORD-2026-000123",
    store: "Salon Budi Surabaya",
    salesman: "Sari",
    total: 1_350_000,
    severity: 3,
    incident: "INC-2026-00001",
    /** "no": it had left already, or was over. */
    held: "yes",
    path: "/admin/disputes/ORD-2026-000123",
    appUrl: "https://b2b.example",
  },
  subject: ({ order, store, severity }, lang) =>
    `SEV-${severity}: «Bukan saya» ${lang === "id" ? "dari" : "from"} ${store}, ${order}`,
  body: ({ order, store, salesman, total, severity, incident, held, path, appUrl }, lang) => {
    const id = lang === "id";
    const text = id
      ? `Pemilik ${store} menyatakan tidak memesan order ${order} yang dibuat ${salesman}. ` +
        (held === "no"
          ? "Order sudah dikirim atau berakhir, jadi tidak ditahan: telepon pemiliknya."
          : "Order ditahan.")
      : `The owner of ${store} says that order ${order}, placed by ${salesman}, is not theirs. ` +
        (held === "no"
          ? "It had been shipped or had ended, so it is not held: phone the owner."
          : "The order is held.");
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        <Figures
          rows={[
            { label: "Total", value: rupiah(total) },
            { label: id ? "Insiden" : "Incident", value: `${incident}, SEV-${severity}` },
          ]}
        />
        <ActionLink href={`${appUrl}${path}`}>{id ? "Buka dan selesaikan" : "Open and resolve"}</ActionLink>
      </MailLayout>
    );
  },
});

/** To the owner: it was heard, and what happens next. */
export const disputeReceived = email({
  example: {
    store: "Salon Budi Surabaya",
    order: "ORD-2026-000123",
    total: 1_350_000,
    held: "yes",
    appUrl: "https://b2b.example",
    whatsapp: "628110000001",
  },
  subject: ({ order }, lang) =>
    lang === "id" ? `Laporan Anda tentang ${order} kami terima` : `We received your report about ${order}`,
  body: ({ store, order, total, held, appUrl, whatsapp }, lang) => {
    const id = lang === "id";
    const text = id
      ? `Terima kasih, ${store}. Anda menyatakan order ${order} senilai ${rupiah(total)} bukan dari Anda. ` +
        (held === "no"
          ? "Order itu sudah dikirim atau berakhir sebelum laporan Anda masuk, jadi tidak dapat kami hentikan."
          : "Order itu kami tahan dan tidak dikirim.")
      : `Thank you, ${store}. You told us that order ${order} for ${rupiah(total)} is not yours. ` +
        (held === "no"
          ? "It had been shipped or had ended before your report came in, so we could not stop it."
          : "It is held and will not be shipped.");
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        <Paragraph>
          {id
            ? "Kantor pusat memeriksanya dan menghubungi Anda. Hasilnya kami kirim lewat e-mail."
            : "The head office looks into it and will contact you. You will get the result by e-mail."}
        </Paragraph>
        <ActionLink href={`${appUrl}/orders/${order}`}>{id ? "Lihat order" : "See the order"}</ActionLink>
        <Small>
          {id ? "Hubungi kami lewat WhatsApp: " : "Contact us by WhatsApp: "}
          <PlainLink href={`https://wa.me/${whatsapp}`}>{`+${whatsapp}`}</PlainLink>
        </Small>
      </MailLayout>
    );
  },
});

/** To the owner: how it ended. */
export const disputeResolved = email({
  example: {
    store: "Salon Budi Surabaya",
    order: "ORD-2026-000123",
    outcome: "ABUSE",
    cancelled: "yes",
    /** "yes": something else holds it still. */ held: "no",
    note: "Sudah kami telepon.",
    appUrl: "https://b2b.example",
    whatsapp: "628110000001",
  },
  subject: ({ order }, lang) =>
    lang === "id" ? `Hasil pemeriksaan order ${order}` : `What we found about order ${order}`,
  body: ({ store, order, outcome, cancelled, held, note, appUrl, whatsapp }, lang) => {
    const id = lang === "id";
    const text = id
      ? `Halo ${store}, pemeriksaan order ${order} sudah selesai.`
      : `Hello ${store}, we have looked into order ${order}.`;
    const result =
      (outcome === "OWNER_AGREES" && held === "yes" ? agreesHeld[lang] : outcomes[lang][outcome]) ?? outcome;
    const ended = id ? "Order dibatalkan." : "It is cancelled.";
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        <Paragraph>{cancelled === "yes" ? `${result} ${ended}` : result}</Paragraph>
        {note ? <Paragraph>{`${id ? "Catatan kantor pusat" : "The head office says"}: ${note}`}</Paragraph> : null}
        <ActionLink href={`${appUrl}/orders/${order}`}>{id ? "Lihat order" : "See the order"}</ActionLink>
        <Small>
          {id ? "Tidak setuju? Hubungi kami lewat WhatsApp: " : "You do not agree? Contact us by WhatsApp: "}
          <PlainLink href={`https://wa.me/${whatsapp}`}>{`+${whatsapp}`}</PlainLink>
        </Small>
      </MailLayout>
    );
  },
});

// It does not go on while something else holds it.
const agreesHeld = {
  id:
    "Order ini ternyata sesuai dengan keinginan Anda. Order masih ditahan karena hal lain; kami kirim e-mail begitu " +
    "dilanjutkan.",
  en:
    "The order turned out to be what you wanted. It is still on hold for another reason; you will get an e-mail when " +
    "it goes on.",
};

const outcomes: Record<"id" | "en", Record<string, string>> = {
  id: {
    OWNER_AGREES: "Order ini ternyata sesuai dengan keinginan Anda dan tidak ditahan.",
    MISTAKE: "Order ini dibuat karena kekeliruan.",
    ABUSE:
      "Order ini dibuat tanpa izin Anda. Laporan Anda tetap tercatat pada salesman yang membuatnya dan dihitung " +
      "dalam penilaiannya.",
  },
  en: {
    OWNER_AGREES: "The order turned out to be what you wanted and is not held.",
    MISTAKE: "The order was placed by mistake.",
    ABUSE:
      "The order was placed without your permission. Your report stays on the record of the salesman who placed it " +
      "and counts in his assessment.",
  },
};
