import { rupiah, wib, type Lang } from "./format.ts";
import { ActionLink, Divider, email, Letter, Paragraph, PlainLink, Small } from "./layout.tsx";

/** Tells a store's owner that a salesman just ordered in the store's name. */
export const shadowAlert = email({
  example: {
    storeName: "Salon Budi Surabaya",
    salesmanName: "Sari",
    orderNumber: "ORD-2026-000123",
    /** Whole rupiah. */
    total: 1_350_000,
    placedAt: new Date("2026-11-21T07:05:00Z"),
    orderUrl: "https://b2b.example/orders/ORD-2026-000123",
    /** HQ's number, digits only, 62...; null leaves the contact line out. */
    whatsapp: "628110000001" as string | null,
  },
  subject: ({ orderNumber, salesmanName }, lang) =>
    lang === "id"
      ? `Order ${orderNumber} dibuat atas nama Anda oleh ${salesmanName}`
      : `Order ${orderNumber} was placed in your name by ${salesmanName}`,
  body: (props, lang) => (
    <Letter lang={lang} preview={sentence(props, lang)}>
      <Paragraph>{sentence(props, lang)}</Paragraph>
      <ActionLink href={props.orderUrl}>{lang === "id" ? "Lihat order" : "See the order"}</ActionLink>
      <Divider />
      {props.whatsapp !== null && (
        <Small>
          {lang === "id" ? "Hubungi kami lewat WhatsApp: " : "Contact us by WhatsApp: "}
          <PlainLink href={`https://wa.me/${props.whatsapp}`}>{`+${props.whatsapp}`}</PlainLink>
        </Small>
      )}
      <Small>
        {lang === "id"
          ? `Order dibuat ${wib(props.placedAt, lang)}. E-mail ini dikirim setiap kali salesman memesan atas nama toko Anda.`
          : `The order was placed on ${wib(props.placedAt, lang)}. This e-mail is sent each time a salesman orders in your store's name.`}
      </Small>
    </Letter>
  ),
});

type Alert = typeof shadowAlert.example;

// One string, so that the sentence stands unbroken in the HTML too.
function sentence({ storeName, salesmanName, orderNumber, total }: Pick<Alert, "storeName" | "salesmanName" | "orderNumber" | "total">, lang: Lang): string {
  return lang === "id"
    ? `Halo ${storeName}, Salesman ${salesmanName} baru saja membuat order ${orderNumber} atas nama Anda senilai ${rupiah(total)}. Hubungi kami jika ini tidak sah.`
    : `Hello ${storeName}, salesman ${salesmanName} has just placed order ${orderNumber} in your name for ${rupiah(total)}. Contact us if this is not authorised.`;
}
