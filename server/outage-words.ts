import type { Outage } from "#app/http/closed.ts";

/**
 * Why nobody answers. AWAY: what we need is not there. BUSY: too many at once. SLOW: it took too long. CLOSED and
 * READ_ONLY: maintenance.
 */
export type Reason = Outage["reason"];
export type Lang = "id" | "en";

/** What people type, by the names of our fields. The rest goes along unseen. */
export const labels: Record<string, Record<Lang, string>> = {
  note: { id: "Catatan", en: "Note" },
  notes: { id: "Catatan", en: "Notes" },
  reason: { id: "Alasan", en: "Reason" },
  quantity: { id: "Jumlah", en: "Quantity" },
  sku: { id: "Produk", en: "Product" },
  email: { id: "E-mail", en: "E-mail" },
  value: { id: "Nilai", en: "Value" },
  attended: { id: "Yang hadir", en: "Attended" },
  points: { id: "Hal yang masih terbuka", en: "Open points" },
  document: { id: "Nomor dokumen ERP", en: "ERP document" },
  cap: { id: "Batas", en: "Cap" },
  hours: { id: "Jam", en: "Hours" },
};

export type Words = Record<Reason, [title: string, lead: string]> &
  Record<
    | "safe"
    | "safeByKey"
    | "lookFirst"
    | "look"
    | "notSaved"
    | "openLink"
    | "typeAgain"
    | "password"
    | "repeat"
    | "send"
    | "again"
    | "home"
    | "reference"
    | "until"
    | "pack"
    | "whatsapp"
    | "partner"
    | "status"
    | "staff",
    string
  >;

/** What the page says. */
export const words: Record<Lang, Words> = {
  id: {
    AWAY: [
      "Sistem sedang tidak dapat dihubungi",
      "Kami sedang memulihkannya. Order yang sudah dikonfirmasi aman. Tunggu beberapa detik, lalu coba lagi",
    ],
    BUSY: ["Sedang ramai", "Terlalu banyak yang membuka pada saat yang sama. Biasanya lega dalam beberapa detik"],
    SLOW: [
      "Jawabannya terlalu lama",
      "Sistem sedang lambat. Order yang sudah dikonfirmasi aman. Tunggu beberapa detik, lalu coba lagi",
    ],
    CLOSED: [
      "Kami sedang tutup untuk pemeliharaan",
      "Pemesanan lewat situs ini dibuka lagi setelah pemeliharaan selesai. Order yang sudah dikonfirmasi aman",
    ],
    READ_ONLY: [
      "Untuk sementara situs ini hanya dapat dilihat",
      "Selama pemeliharaan tidak ada yang dapat diubah atau dipesan. Order yang sudah dikonfirmasi aman",
    ],
    until: "Perkiraan selesai:",
    pack: "Katalog dan daftar harga untuk dibuka tanpa situs ini",
    whatsapp: "Tulis ke kantor pusat lewat WhatsApp",
    partner: "Belum mitra? Formulirnya tetap dibuka",
    status: "Lihat keadaan sistem",
    staff: "Masuk sebagai kantor pusat",
    safe: "Isian Anda tidak hilang dan belum ada yang tersimpan. Aman dikirim lagi.",
    safeByKey: "Isian Anda tidak hilang. Aman dikirim lagi: bila tadi sudah masuk, order tidak akan tercatat dua kali.",
    lookFirst:
      "Isian Anda tidak hilang, tetapi mungkin tadi sudah tersimpan. Lihat dulu halamannya; kirim lagi bila memang " +
      "belum.",
    look: "Lihat halamannya",
    notSaved: "Tidak ada yang tersimpan. Kembali ke halaman tadi, lalu kirim lagi.",
    openLink:
      "Demi keamanan, kata sandi dan tautan dari e-mail tidak kami simpan. Buka lagi tautan di e-mail itu, lalu " +
      "ulangi.",
    typeAgain: "Kata sandi tidak kami simpan. Tulis sekali lagi.",
    password: "Kata sandi",
    repeat: "Ulangi kata sandi",
    send: "Kirim lagi",
    again: "Coba lagi",
    home: "Beranda",
    reference: "Nomor rujukan:",
  },
  en: {
    AWAY: [
      "The system cannot be reached right now",
      "We are bringing it back. Confirmed orders are safe. Wait a few seconds, then try again",
    ],
    BUSY: ["Very busy right now", "Too many people are here at the same moment. It usually eases within seconds"],
    SLOW: [
      "The answer took too long",
      "The system is slow at the moment. Confirmed orders are safe. Wait a few seconds, then try again",
    ],
    CLOSED: [
      "We are closed for maintenance",
      "You can order on this site again when the maintenance is over. Confirmed orders are safe",
    ],
    READ_ONLY: [
      "For now this site can only be looked at",
      "During maintenance nothing can be changed or ordered. Confirmed orders are safe",
    ],
    until: "Expected to end:",
    pack: "Catalogue and price list to open without this site",
    whatsapp: "Write to head office on WhatsApp",
    partner: "No partner yet? The form is open as ever",
    status: "See the state of the system",
    staff: "Sign in as head office",
    safe: "What you typed is kept, and nothing was saved yet. Sending it again is safe.",
    safeByKey: "What you typed is kept. Sending it again is safe: if it did arrive, the order is not written twice.",
    lookFirst:
      "What you typed is kept, but it may have been saved already. Look at the page first; send again if it was not.",
    look: "Look at the page",
    notSaved: "Nothing was saved. Go back to the page and send it again.",
    openLink:
      "For your safety we keep neither passwords nor the link of a letter. Open the link in that e-mail again, then " +
      "repeat it.",
    typeAgain: "We do not keep passwords. Please type it once more.",
    password: "Password",
    repeat: "Repeat the password",
    send: "Send again",
    again: "Try again",
    home: "Home",
    reference: "Reference:",
  },
};
