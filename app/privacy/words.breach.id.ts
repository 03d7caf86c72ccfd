import type { BreachStep, Letter } from "./breach.ts";

/** A letter as it is printed. */
type Page = { to: string; subject: string; opening: string; closing: string };

export const breach = {
  title: "Data pribadi terkena",
  lead: "Dua surat harus keluar dalam 72 jam sejak diketahui: kepada lembaga dan kepada orang yang datanya terkena.",
  list: "Insiden yang mengenai data pribadi",
  none: "Belum ada insiden yang mengenai data pribadi.",
  open: "Data pribadi terkena",
  known: "Diketahui pada (WIB)",
  knownHint: "Sejak saat ini 72 jam berjalan. Tidak dapat diubah lagi.",
  data: "Data apa yang terkena",
  dataHint: "Jenis data dan milik siapa, tanpa nama orang.",
  happened: "Kapan dan bagaimana",
  measures: "Yang sudah dan akan dilakukan",
  persons: "Jumlah orang, bila diketahui",
  mark: "Simpan dan mulai 72 jam",
  change: "Simpan",
  saved: "Tersimpan. Surat memakai isi ini.",
  due: "Surat keluar sebelum",
  checklist: "Daftar langkah",
  steps: {
    STOPPED: "Kebocoran dihentikan",
    EXTENT: "Dipastikan data siapa dan apa saja",
    PROOF: "Catatan dan bukti diamankan",
    AUTHORITY: "Surat kepada lembaga terkirim",
    PERSONS: "Surat kepada orang yang terkena terkirim",
    PUBLIC: "Diputuskan apakah diumumkan",
    LEARNED: "Pelajaran ditulis di tinjauan insiden",
  } satisfies Record<BreachStep, string> as Record<BreachStep, string>,
  step: "Langkah yang selesai",
  note: "Catatan",
  noteHint: "Oleh siapa, bagaimana, nomor surat.",
  doStep: "Langkah ini selesai",
  stepDone: "Langkah tercatat.",
  notYet: "belum",
  letters: "Surat siap cetak",
  letter: { authority: "Kepada lembaga", persons: "Kepada orang yang terkena" } satisfies Record<
    Letter,
    string
  > as Record<Letter, string>,
  back: "Kembali",
  unknown: "belum diketahui",
  number: "Nomor",
  date: "Tanggal",
  pages: {
    authority: {
      to: "Kepada lembaga pelindungan data pribadi",
      subject: "Pemberitahuan kegagalan pelindungan data pribadi",
      opening:
        "Sesuai Pasal 46 Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi, kami memberitahukan " +
        "kegagalan pelindungan data pribadi di sistem order kami.",
      closing: "Keterangan lebih lanjut kami susulkan begitu diketahui.",
    },
    persons: {
      to: "Kepada Bapak/Ibu yang datanya terkena",
      subject: "Data pribadi Anda terkena sebuah insiden",
      opening:
        "Kami memberi tahu Anda, karena data pribadi Anda yang kami simpan terkena sebuah insiden. Kami minta maaf.",
      closing:
        "Waspadai pesan yang mengaku dari kami. Kami tidak pernah meminta kata sandi. Anda boleh meminta salinan, " +
        "perbaikan, atau penghapusan data Anda di halaman Privasi.",
    },
  } satisfies Record<Letter, Page> as Record<Letter, Page>,
  contact: "Hubungi kami",
  sign: "PT. Alfa Beauty Cosmetica",
};
