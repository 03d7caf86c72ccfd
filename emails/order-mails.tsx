import { rupiah, wib, type Lang } from "./format.ts";
import { ActionLink, email, Figures, MailLayout, Paragraph, PlainLink, Small } from "./layout.tsx";

/** To a store, of its own order: that it is in, what it holds, and what comes next. */
export const orderReceived = email({
  example: {
    store: "Salon Budi Surabaya",
    order: "ORD-2026-000123",
    total: 1_350_000,
    light: "GREEN",
    degraded: "no",
    placedAt: "2026-11-21T07:05:00Z",
    /** `preorder` pieces of a line wait for stock; prices per piece in whole rupiah. */
    lines: [{ name: "Sampo Kondisioner 1 L", quantity: 3, preorder: 0, price: 450_000 }],
    path: "/orders/ORD-2026-000123",
    appUrl: "https://b2b.example",
    whatsapp: "628110000001",
  },
  subject: ({ order }, lang) => (lang === "id" ? `Order ${order} sudah kami terima` : `We have your order ${order}`),
  body: ({ store, order, total, light, degraded, placedAt, lines, path, appUrl, whatsapp }, lang) => {
    const t = received[lang];
    const text = t.hello(store, order);
    const moment = new Date(placedAt);
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        {degraded === "yes" ? <Paragraph>{t.degraded}</Paragraph> : null}
        {light === "AMBER" ? <Paragraph>{t.waits}</Paragraph> : null}
        <Figures
          rows={lines.map(({ name, quantity, preorder, price }) => ({
            label: name,
            note: [`${quantity} x ${rupiah(price)}`, ...(preorder > 0 ? [t.preorder(preorder)] : [])].join(", "),
            value: rupiah(quantity * price),
          }))}
          sum={{ label: "Total", value: rupiah(total) }}
        />
        {Number.isNaN(moment.getTime()) ? null : <Small>{`${t.placed} ${wib(moment, lang)}.`}</Small>}
        <ActionLink href={`${appUrl}${path}`}>{t.see}</ActionLink>
        <Small>{t.next}</Small>
        <Contact lang={lang} whatsapp={whatsapp} />
      </MailLayout>
    );
  },
});

const received = {
  id: {
    hello: (store: string, order: string) => `Halo ${store}, order ${order} sudah kami terima. Terima kasih.`,
    degraded: "Sistem sedang maintenance. Order Anda akan diproses manual oleh Admin. Mohon tunggu konfirmasi WA.",
    waits: "Order ini baru diproses setelah disetujui admin. Hasilnya kami kirim lewat e-mail.",
    preorder: (pieces: number) => `${pieces} pre-order`,
    placed: "Dibuat",
    see: "Lihat order",
    next: "Kami kirim e-mail lagi begitu order ini disetujui, dikirim, berubah, ditahan, ditolak, atau dibatalkan.",
  },
  en: {
    hello: (store: string, order: string) => `Hello ${store}, we have your order ${order}. Thank you.`,
    degraded:
      "The system is under maintenance. Your order will be processed by hand by an admin. Please wait for a " +
      "confirmation by WhatsApp.",
    waits: "This order goes on only once an admin has approved it. You will get the outcome by e-mail.",
    preorder: (pieces: number) => `${pieces} on pre-order`,
    placed: "Placed on",
    see: "See the order",
    next: "You will get another e-mail when this order is approved, shipped, changed, held, rejected or cancelled.",
  },
} satisfies Record<Lang, object>;

/** To a store: what has just happened to one of its orders. One mail for each thing that happened. */
export const orderChanged = email({
  example: {
    store: "Salon Budi Surabaya",
    order: "ORD-2026-000123",
    /** APPROVED, REJECTED, SHIPPED, CANCELLED, HELD, RELEASED or CUT: its total became another one. */
    what: "APPROVED",
    total: 1_350_000,
    /** The total before, for CUT. */
    before: 1_350_000,
    /** ACCOUNT: held because the store's account is suspended. */
    because: "",
    /** "yes": it needed an admin's approval then. */
    waits: "no",
    /** What the admin wants the store to know. */
    note: "",
    path: "/orders/ORD-2026-000123",
    appUrl: "https://b2b.example",
    whatsapp: "628110000001",
  },
  subject: ({ order, what }, lang) => (changed[lang].subject[what] ?? changed[lang].subject.CUT!)(order),
  body: ({ store, order, what, total, before, because, waits, note, path, appUrl, whatsapp }, lang) => {
    const t = changed[lang];
    const shutOut = what === "HELD" && because === "ACCOUNT"; // He cannot sign in: a link would lead to a refusal.
    const said = shutOut
      ? t.heldAccount
      : what === "RELEASED" && waits === "yes"
        ? t.releasedWaits
        : (t.said[what] ?? t.said.CUT!);
    const text = `${t.hello(store, order)} ${said}`;
    return (
      <MailLayout lang={lang} preview={text}>
        <Paragraph>{text}</Paragraph>
        {note ? <Paragraph>{`${t.note}: ${note}`}</Paragraph> : null}
        <Figures
          rows={
            what === "CUT"
              ? [
                  { label: t.before, value: rupiah(before) },
                  { label: t.now, value: rupiah(total) },
                ]
              : [{ label: "Total", value: rupiah(total) }]
          }
        />
        {shutOut ? null : <ActionLink href={`${appUrl}${path}`}>{t.see}</ActionLink>}
        <Contact lang={lang} whatsapp={whatsapp} />
      </MailLayout>
    );
  },
});

const changed: Record<
  Lang,
  {
    hello: (store: string, order: string) => string;
    subject: Record<string, (order: string) => string>;
    said: Record<string, string>;
    heldAccount: string;
    releasedWaits: string;
    note: string;
    before: string;
    now: string;
    see: string;
  }
> = {
  id: {
    hello: (store, order) => `Halo ${store}, ini kabar tentang order ${order}.`,
    subject: {
      APPROVED: (order) => `Order ${order} disetujui`,
      REJECTED: (order) => `Order ${order} tidak dapat disetujui`,
      SHIPPED: (order) => `Order ${order} dikirim`,
      CANCELLED: (order) => `Order ${order} dibatalkan`,
      HELD: (order) => `Order ${order} ditahan sementara`,
      RELEASED: (order) => `Order ${order} dilanjutkan`,
      CUT: (order) => `Ada perubahan pada order ${order}`,
    },
    said: {
      APPROVED: "Order sudah disetujui. Kami kirim e-mail lagi begitu order dikirim.",
      REJECTED: "Maaf, order ini tidak dapat kami setujui dan tidak dikirim.",
      SHIPPED: "Order sudah dikirim.",
      CANCELLED: "Order ini dibatalkan dan tidak dikirim.",
      HELD:
        "Order kami tahan dulu dan belum dikirim, karena kantor pusat memeriksanya. Kami kirim e-mail lagi begitu " +
        "order dilanjutkan atau dibatalkan.",
      RELEASED: "Order tidak ditahan lagi dan dilanjutkan.",
      CUT: "Isi order berubah, jadi totalnya juga berubah. Rinciannya ada di halaman order.",
    },
    heldAccount:
      "Order kami tahan dan belum dikirim, karena akun toko Anda sedang dibekukan. Admin memutuskan apakah order " +
      "dilanjutkan atau dibatalkan, dan kami kirim e-mail lagi. Selama dibekukan Anda tidak dapat masuk; WhatsApp " +
      "kami ada di bawah.",
    releasedWaits:
      "Order tidak ditahan lagi, dan baru diproses setelah disetujui admin. Hasilnya kami kirim lewat e-mail.",
    note: "Pesan dari admin",
    before: "Total sebelumnya",
    now: "Total sekarang",
    see: "Lihat order",
  },
  en: {
    hello: (store, order) => `Hello ${store}, this is about your order ${order}.`,
    subject: {
      APPROVED: (order) => `Order ${order} is approved`,
      REJECTED: (order) => `Order ${order} could not be approved`,
      SHIPPED: (order) => `Order ${order} is on its way`,
      CANCELLED: (order) => `Order ${order} is cancelled`,
      HELD: (order) => `Order ${order} is on hold`,
      RELEASED: (order) => `Order ${order} goes on`,
      CUT: (order) => `Your order ${order} has changed`,
    },
    said: {
      APPROVED: "It is approved. You will get another e-mail when it is shipped.",
      REJECTED: "Sorry, we could not approve this order, and it will not be shipped.",
      SHIPPED: "It has been shipped.",
      CANCELLED: "It is cancelled and will not be shipped.",
      HELD:
        "It is on hold and not shipped yet, because the head office looks into it. You will get another e-mail when " +
        "it goes on or is cancelled.",
      RELEASED: "It is no longer on hold and goes on.",
      CUT: "What it holds has changed, and so has its total. The order's page has the details.",
    },
    heldAccount:
      "It is on hold and not shipped yet, because your store's account is suspended. An admin decides whether it " +
      "goes on or is cancelled, and you will get another e-mail. Until then you cannot sign in; our WhatsApp is " +
      "below.",
    releasedWaits:
      "It is no longer on hold, and goes on only once an admin has approved it. You will get the outcome by e-mail.",
    note: "A message from the admin",
    before: "Total before",
    now: "Total now",
    see: "See the order",
  },
};

function Contact({ lang, whatsapp }: { lang: Lang; whatsapp: string }) {
  return (
    <Small>
      {lang === "id" ? "Ada pertanyaan? Hubungi kami lewat WhatsApp: " : "Questions? Contact us by WhatsApp: "}
      <PlainLink href={`https://wa.me/${whatsapp}`}>{`+${whatsapp}`}</PlainLink>
    </Small>
  );
}
