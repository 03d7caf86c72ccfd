import { type Lang, wib } from "./format.ts";
import { ActionLink, email, Figures, MailLayout, Paragraph, PlainLink, Small } from "./layout.tsx";

const labels = {
  id: {
    business_name: "Nama usaha",
    contact_name: "Nama",
    phone_whatsapp: "WhatsApp",
    city: "Kota",
    salon_type: "Jenis usaha",
    email: "E-mail",
    chair_count: "Kursi",
    specialization: "Keahlian",
    current_brands_used: "Merek sekarang",
    monthly_spend_range: "Belanja per bulan",
    message: "Pesan",
  },
  en: {
    business_name: "Business",
    contact_name: "Name",
    phone_whatsapp: "WhatsApp",
    city: "Town",
    salon_type: "Kind of business",
    email: "E-mail",
    chair_count: "Chairs",
    specialization: "Specialisation",
    current_brands_used: "Brands used now",
    monthly_spend_range: "Spends a month",
    message: "Message",
  },
};
const choices: Record<Lang, Record<string, string>> = {
  id: {
    OTHER: "Lainnya",
    UNDER_5M: "di bawah Rp 5 juta",
    "5M_TO_20M": "Rp 5–20 juta",
    "20M_TO_50M": "Rp 20–50 juta",
    OVER_50M: "di atas Rp 50 juta",
    SALON: "Salon",
    BARBER: "Barber",
    BRIDAL: "Bridal",
    UNISEX: "Salon uniseks",
  },
  en: {
    OTHER: "Other",
    UNDER_5M: "under Rp 5 million",
    "5M_TO_20M": "Rp 5–20 million",
    "20M_TO_50M": "Rp 20–50 million",
    OVER_50M: "over Rp 50 million",
    SALON: "Salon",
    BARBER: "Barber",
    BRIDAL: "Bridal",
    UNISEX: "Unisex salon",
  },
};

/** To the sales inbox: somebody wants to become a partner. */
export const leadReceived = email({
  example: {
    /** Empty where the database was away. */
    ref: "LEAD-2026-00001",
    business_name: "Salon Rahayu",
    contact_name: "Ibu Rahayu",
    phone_whatsapp: "6281234567890",
    city: "Bandung",
    salon_type: "SALON",
    email: "rahayu@salon.test",
    /** 0: not said. */
    chair_count: 4,
    specialization: "Pewarnaan",
    current_brands_used: "Beberapa merek",
    monthly_spend_range: "5M_TO_20M",
    message: "Ingin daftar harga.",
    path: "/admin/leads/LEAD-2026-00001",
    appUrl: "https://b2b.example",
  },
  subject: ({ ref, business_name, city }, lang) =>
    `${lang === "id" ? "Calon mitra" : "New lead"}: ${[business_name, city, ref].filter(Boolean).join(", ")}`,
  body: ({ path, appUrl, ref, ...answers }, lang) => {
    const id = lang === "id";
    const text = id
      ? "Ada yang ingin menjadi mitra. Hubungi dalam 24 jam."
      : "Somebody wants to become a partner. Contact them within 24 hours.";
    const label = labels[lang];
    const rows = (Object.keys(label) as Array<keyof typeof label>).flatMap((name) =>
      answers[name] ? [{ label: label[name], value: choices[lang][answers[name]] ?? String(answers[name]) }] : [],
    );
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        <Figures rows={rows} />
        <Paragraph>
          <PlainLink href={`https://wa.me/${answers.phone_whatsapp}`}>{`+${answers.phone_whatsapp}`}</PlainLink>
        </Paragraph>
        {ref ? null : (
          <Small>
            {id
              ? "Basis data sedang tidak dapat dihubungi. Setelah pulih, calon mitra ini muncul juga di daftar."
              : "The database is away. When it is back this lead will be in the list too."}
          </Small>
        )}
        <ActionLink href={`${appUrl}${path}`}>{id ? "Buka calon mitra" : "Open the lead"}</ActionLink>
      </MailLayout>
    );
  },
});

/** To whoever asked to be forgotten: the receipt. */
export const leadsErased = email({
  example: {
    ref: "PRV-2026-00001",
    leads: 2,
    askedAt: "2026-11-20T07:05:00Z",
    doneAt: "2026-11-21T03:10:00Z",
    whatsapp: "628110000001",
  },
  subject: ({ ref }, lang) =>
    lang === "id" ? `Data Anda sudah dihapus (${ref})` : `Your data has been erased (${ref})`,
  body: ({ ref, leads, askedAt, doneAt, whatsapp }, lang) => {
    const id = lang === "id";
    const moment = (at: string) => (at ? wib(new Date(at), lang) : "");
    const text = id
      ? "Sesuai permintaan Anda, data yang Anda kirim lewat formulir calon mitra sudah kami hapus."
      : "As you asked, we have erased what you sent us with the form for becoming a partner.";
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        <Figures
          rows={[
            { label: id ? "Nomor tanda terima" : "Receipt", value: ref },
            { label: id ? "Diminta" : "Asked", value: moment(askedAt) },
            { label: id ? "Dihapus" : "Erased", value: moment(doneAt) },
            { label: id ? "Formulir yang dihapus" : "Forms erased", value: String(leads) },
          ]}
        />
        <Small>
          {id
            ? "Yang kami simpan hanya nomor ini, tanpa data tentang Anda. Alamat e-mail ini juga kami lupakan setelah "
            : "All we keep is this number, without anything about you. This address is forgotten too once this e-mail "}
          {id ? "e-mail ini terkirim. Pertanyaan: " : "has gone out. Questions: "}
          <PlainLink href={`https://wa.me/${whatsapp}`}>{`+${whatsapp}`}</PlainLink>
        </Small>
      </MailLayout>
    );
  },
});
