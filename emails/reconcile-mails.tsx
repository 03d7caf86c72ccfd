import { rupiah } from "./format.ts";
import { ActionLink, email, Figures, MailLayout, Paragraph, PlainLink, Small } from "./layout.tsx";

/**
 * To the owner, once: what became of an order that was taken while the warehouse system was away, or that it could not
 * supply as placed.
 */
export const orderReconciled = email({
  example: {
    store: "Salon Budi Surabaya",
    order: "ORD-2026-000123",
    outcome: "CUT",
    total: 1_350_000,
    path: "/orders/ORD-2026-000123",
    approval: "none",
    appUrl: "https://b2b.example",
    whatsapp: "628110000001",
  },
  subject: ({ order, outcome, approval }, lang) => {
    if (outcome === "CANCEL") return lang === "id" ? `Order ${order} dibatalkan` : `Order ${order} is cancelled`;
    if (outcome === "CUT" || outcome === "PREORDER")
      return lang === "id" ? `Ada perubahan pada order ${order}` : `Your order ${order} has changed`;
    if (approval === "waits") return lang === "id" ? `Order ${order} sudah diperiksa` : `Order ${order} is checked`;
    return lang === "id" ? `Order ${order} sudah diperiksa dan diteruskan` : `Order ${order} is checked and goes on`;
  },
  body: ({ store, order, outcome, total, path, approval, appUrl, whatsapp }, lang) => {
    const id = lang === "id";
    const waits = approval === "waits" && outcome !== "CANCEL";
    const said = [
      (waits ? waiting : outcomes)[lang][outcome] ?? outcomes[lang][outcome] ?? outcomes[lang].CONFIRMED!,
      waits ? approvalWaits[lang] : "",
    ]
      .join(" ")
      .trim();
    const hello = id
      ? `Halo ${store}, order ${order} sudah kami periksa.`
      : `Hello ${store}, we have checked order ${order}.`;
    const text = `${hello} ${said}`;
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        {outcome === "CANCEL" ? null : (
          <Figures
            rows={[{ label: outcome === "CUT" ? (id ? "Total baru" : "New total") : "Total", value: rupiah(total) }]}
          />
        )}
        <ActionLink href={`${appUrl}${path}`}>{id ? "Lihat order" : "See the order"}</ActionLink>
        <Small>
          {id ? "Ada pertanyaan? Hubungi kami lewat WhatsApp: " : "Questions? Contact us by WhatsApp: "}
          <PlainLink href={`https://wa.me/${whatsapp}`}>{`+${whatsapp}`}</PlainLink>
        </Small>
      </MailLayout>
    );
  },
});

const outcomes: Record<"id" | "en", Record<string, string>> = {
  id: {
    CONFIRMED: "Semua barang tersedia dan order Anda diteruskan.",
    ACCEPT: "Order Anda diteruskan seperti yang Anda pesan.",
    KEYED: "Order Anda sudah kami catat dan diteruskan.",
    CUT: "Stok tidak cukup untuk semuanya, jadi yang kurang kami hapus dari order. Rinciannya ada di halaman order.",
    PREORDER: "Sebagian menunggu stok dan kami kirim kemudian. Rinciannya ada di halaman order.",
    CANCEL: "Maaf, order ini tidak dapat kami kirim dan kami batalkan. Hubungi kami bila Anda ingin memesan lagi.",
  },
  en: {
    CONFIRMED: "Everything is available and your order goes on.",
    ACCEPT: "Your order goes on as you placed it.",
    KEYED: "We have entered your order and it goes on.",
    CUT:
      "There was not enough stock for all of it, so we took what is missing off the order. The order's page has the " +
      "details.",
    PREORDER: "Part of it waits for stock and is sent later. The order's page has the details.",
    CANCEL: "Sorry, we cannot send this order and have cancelled it. Contact us if you would like to order again.",
  },
};

// While staff has not decided about its credit, an order does not go on yet.
const waiting: Record<"id" | "en", Record<string, string>> = {
  id: {
    CONFIRMED: "Semua barang tersedia.",
    ACCEPT: "Isinya tetap seperti yang Anda pesan.",
    KEYED: "Order Anda sudah kami catat.",
  },
  en: {
    CONFIRMED: "Everything is available.",
    ACCEPT: "It stays as you placed it.",
    KEYED: "We have entered your order.",
  },
};
const approvalWaits = {
  id: "Order Anda baru diproses setelah disetujui admin; hasilnya kami kirim lewat e-mail.",
  en: "Your order goes on only once an admin has approved it; you will get the outcome by e-mail.",
};
