import { alertSentence } from "./alert-sentence.ts";
import { rupiah, wib, type Lang } from "./format.ts";
import { ActionLink, Divider, email, Figures, MailLayout, Paragraph, PlainLink, Small } from "./layout.tsx";

type ShadowAlert = {
  storeName: string;
  salesmanName: string;
  orderNumber: string;
  /** Whole rupiah. */
  total: number;
  lines: Array<{ name: string; quantity: number; price: number }>;
  light: "GREEN" | "AMBER";
  /** Whether the ERP was away when the order was placed. */
  degraded: boolean;
  placedAt: Date;
  orderUrl: string;
  disputeUrl: string;
  /** HQ's number, digits only, 62...; null leaves the contact line out. */
  whatsapp: string | null;
};

/**
 * Tells a store's owner that a salesman just ordered in the store's name. All of it is what was stored with the order,
 * never what is true now: a retry has to be the same mail to the byte.
 */
export const shadowAlert = email<ShadowAlert>({
  example: {
    storeName: "Salon Budi Surabaya",
    salesmanName: "Sari",
    orderNumber: "ORD-2026-000123",
    total: 1_350_000,
    lines: [
      { name: "Sampo Kondisioner 1 L", quantity: 2, price: 450_000 },
      { name: "Masker Rambut 500 ml", quantity: 1, price: 450_000 },
    ],
    light: "GREEN",
    degraded: false,
    placedAt: new Date("2026-11-21T07:05:00Z"),
    orderUrl: "https://b2b.example/orders/ORD-2026-000123",
    disputeUrl: "https://b2b.example/bukan-saya/1.1800000000.abc",
    whatsapp: "628110000001",
  },
  subject: ({ orderNumber, salesmanName }, lang) =>
    lang === "id"
      ? `Order ${orderNumber} dibuat atas nama Anda oleh ${salesmanName}`
      : `Order ${orderNumber} was placed in your name by ${salesmanName}`,
  body: (props, lang) => {
    const t = words[lang];
    return (
      <MailLayout lang={lang} preview={alertSentence(props, lang)}>
        <Paragraph>{alertSentence(props, lang)}</Paragraph>
        <Figures
          rows={props.lines.map(({ name, quantity, price }) => ({
            label: name,
            note: `${quantity} x ${rupiah(price)}`,
            value: rupiah(quantity * price),
          }))}
          sum={{ label: t.total, value: rupiah(props.total) }}
        />
        <Small>{t.light[props.light]}</Small>
        <Small>{props.degraded ? t.waiting : t.taken[props.light]}</Small>
        <Small>{`${t.placed} ${wib(props.placedAt, lang)}.`}</Small>
        <Divider />
        <ActionLink href={props.orderUrl}>{t.see}</ActionLink>
        <Paragraph>{t.disputeWhat}</Paragraph>
        <ActionLink href={props.disputeUrl} kind="quiet">
          {t.dispute}
        </ActionLink>
        {props.whatsapp !== null && (
          <Small>
            {t.contact}
            <PlainLink href={`https://wa.me/${props.whatsapp}`}>{`+${props.whatsapp}`}</PlainLink>
          </Small>
        )}
        <Small>{t.why}</Small>
      </MailLayout>
    );
  },
});

const words = {
  id: {
    total: "Total",
    light: {
      GREEN: "Kredit: masih dalam batas kredit toko Anda.",
      AMBER: "Kredit: saat dibuat, order ini menunggu keputusan admin.",
    },
    taken: {
      GREEN: "Sistem: order diterima dan diteruskan ke gudang.",
      AMBER: "Sistem: order diterima. Gudang baru mengerjakannya setelah admin menyetujui.",
    },
    waiting: "Sistem sedang maintenance. Order Anda akan diproses manual oleh Admin. Mohon tunggu konfirmasi WA.",
    placed: "Dibuat",
    see: "Lihat order",
    disputeWhat:
      "Tidak merasa memesan? Tekan «Bukan saya»: order ini langsung ditahan dan kantor pusat memeriksanya. Tidak " +
      "perlu masuk.",
    dispute: "Bukan saya",
    contact: "Hubungi kami lewat WhatsApp: ",
    why: "E-mail ini dikirim setiap kali salesman memesan atas nama toko Anda.",
  },
  en: {
    total: "Total",
    light: {
      GREEN: "Credit: within your store's limit.",
      AMBER: "Credit: when it was placed, this order waited for an admin's decision.",
    },
    taken: {
      GREEN: "System: the order was accepted and goes to the warehouse.",
      AMBER: "System: the order was accepted. The warehouse begins with it when an admin has approved it.",
    },
    waiting:
      "The system is under maintenance. Your order will be processed by hand by an admin. Please wait for a " +
      "confirmation by WhatsApp.",
    placed: "Placed on",
    see: "See the order",
    disputeWhat:
      "Did you not ask for this? Press “Not me”: the order is held at once and the head office looks into it. No " +
      "sign-in needed.",
    dispute: "Not me",
    contact: "Contact us by WhatsApp: ",
    why: "This e-mail is sent each time a salesman orders in your store's name.",
  },
} satisfies Record<Lang, object>;
