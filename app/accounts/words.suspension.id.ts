import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** Ending every login of an account. */
export const logout = {
  action: "Keluarkan paksa",
  title: (name: string) => `Keluarkan paksa ${name}?`,
  effects: [
    "Semua sesi masuk akun ini berakhir saat itu juga, di semua perangkat.",
    "Shadow Mode yang sedang berjalan diakhiri. Isian yang belum terkirim tidak tersimpan.",
    "Akun tetap aktif: ia dapat masuk lagi dengan kata sandinya. Bila kata sandinya bocor, bekukan akunnya.",
  ],
  done: (name: string, logins: number) =>
    logins > 0 ? say`${name} dikeluarkan dari ${logins} sesi masuk.` : `${name} memang tidak sedang masuk.`,
};

/** Shutting an account out. */
export const suspension = {
  action: "Bekukan akun",
  title: (name: string) => `Bekukan akun ${name}?`,
  effects: [
    "Semua sesi masuk berakhir saat itu juga. Tidak ada yang dapat dilakukan dengan akun ini, juga masuk lagi.",
    "Shadow Mode yang sedang berjalan diakhiri.",
  ],
  holds: (orders: string, total: string) =>
    `${orders} order atas nama toko dari 24 jam terakhir ditahan, senilai ${total}.`,
  holdsNone: "Tidak ada order atas nama toko yang perlu ditahan.",
  holdsStore: (orders: string, total: string) =>
    `${orders} order terbuka toko ini ditahan, senilai ${total}, sampai admin memutuskan satu per satu. Pemilik ` +
    "toko menerima e-mail.",
  holdsStoreNone: "Toko ini tidak punya order terbuka yang perlu ditahan.",
  undo: "Pembekuan hanya dapat dicabut dua admin: satu meminta, satu lagi mencabut.",
  done: (name: string) => `Akun ${name} dibekukan.`,
  already: (by: string) => `Akun ini sudah dibekukan oleh ${by}. Alasan Anda tidak tersimpan.`,
};

/** Asking another admin to lift a suspension. */
export const request = {
  action: "Minta pencabutan",
  title: (name: string) => `Minta pencabutan pembekuan ${name}?`,
  effects: ["Akun tetap dibekukan sampai admin lain mencabutnya.", "Semua admin diberi tahu lewat e-mail."],
  done: (name: string) => `Pencabutan untuk ${name} diminta.`,
};

/** Lifting a suspension. */
export const lift = {
  action: "Cabut pembekuan",
  title: (name: string) => `Cabut pembekuan ${name}?`,
  effects: [
    "Akun ini dapat masuk lagi dengan kata sandinya.",
    "Order yang ditahan tetap ditahan sampai dilepas satu per satu: bahwa ia boleh bekerja lagi belum berarti " +
      "toko menghendaki order itu.",
  ],
  store: "Order yang ditahan tetap ditahan sampai diputuskan satu per satu.",
  done: (name: string) => `Pembekuan ${name} dicabut.`,
};

/** An order of a suspended store: it goes on or ends, as a person decides. */
export const storeHold = {
  decide: "Putuskan",
  title: (number: string) => `Lanjutkan atau batalkan ${number}?`,
  effects: [
    "Order ini ditahan saat akun tokonya dibekukan. Selama ditahan tidak berlanjut, dan bila belum ada di ERP " +
      "tidak dikirim ke sana.",
    "Lanjutkan: order berjalan seperti biasa, juga bila tokonya masih dibekukan. Bila belum ada di ERP, order " +
      "dikirim ke sana.",
    "Batalkan: order berakhir dan tidak dapat dibuka lagi. Stoknya dilepas dan faktur yang belum dibayar dibatalkan.",
    "Pemilik toko menerima keputusannya lewat e-mail, tanpa alasan yang Anda tulis.",
  ],
  action: "Lanjutkan order",
  cancel: "Batalkan order",
  note: "Alasan",
  noteHint: "Paling sedikit 5 huruf. Disimpan bersama order, dibaca kantor.",
  cancelled: (number: string) => `${number} dibatalkan.`,
};

/** Letting go of an order that was held with its salesman. */
export const release = {
  action: "Lepas order",
  title: (number: string) => `Lepas ${number}?`,
  effects: [
    "Order berjalan lagi seperti biasa. Bila belum ada di ERP, order dikirim ke sana.",
    "Pastikan dulu kepada pemilik toko bahwa ia menghendakinya.",
  ],
  disputed: "Pemilik toko juga menyangkal order ini: order baru berjalan lagi setelah sangkalan itu diputuskan.",
  done: (number: string) => `${number} dilepas.`,
  stillHeld: (number: string) => `${number} dilepas, tetapi masih ditahan karena disangkal pemilik toko.`,
};
