import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** Signing in. */
export const login = {
  resumeTitle: "Lanjutkan yang tadi",
  resumeLead: "Anda sudah masuk. Isian Anda masih ada di sini; kirim bila masih sesuai.",
  resumeSubmit: "Kirim sekarang",
  resumeCancel: "Tidak jadi",
  fields: { note: "Catatan", reason: "Alasan", quantity: "Jumlah", sku: "Produk" },
  title: "Masuk",
  lead: "Untuk mitra, salesman, dan tim Alfa Beauty.",
  email: "E-mail",
  password: "Kata sandi",
  submit: "Masuk",
  forgot: "Lupa kata sandi?",
  keptForm: "Isian Anda tersimpan. Setelah masuk, Anda kembali ke halaman tadi.",
  signedOut: "Anda sudah keluar.",
  noAccount: "Belum menjadi mitra? Hubungi salesman kami di wilayah Anda.",
  limited: (minutes: number, at: string) =>
    say`Terlalu banyak percobaan masuk. Demi keamanan, coba lagi ${minutes} menit lagi (${at}) atau buat kata ` +
    "sandi baru.",
};

/** Asking for a link to a new password. */
export const forgot = {
  title: "Lupa kata sandi",
  lead: "Tulis e-mail akun Anda. Kami kirim tautan untuk membuat kata sandi baru.",
  submit: "Kirim tautan",
  sentTitle: "Periksa e-mail Anda",
  sentText: "Bila alamat itu terdaftar, tautannya sampai dalam beberapa menit. Tautan berlaku satu kali.",
  backToLogin: "Kembali ke halaman masuk",
};

/** Choosing a new password. */
export const reset = {
  title: "Kata sandi baru",
  lead: "Tulis kata sandi baru untuk akun Anda.",
  password: "Kata sandi baru",
  passwordHint: "Paling sedikit 12 karakter.",
  repeat: "Ulangi kata sandi baru",
  submit: "Simpan kata sandi",
  done: "Kata sandi baru tersimpan dan Anda sudah masuk. Semua sesi lain berakhir.",
  signIn: "Kata sandi baru tersimpan. Semua sesi berakhir: silakan masuk.",
  invalidTitle: "Tautan ini tidak berlaku lagi",
  invalidText: "Tautan hanya dapat dipakai satu kali dan ada batas waktunya. Minta tautan baru, prosesnya sebentar.",
  again: "Minta tautan baru",
};

/** What somebody is told whose logins were ended. */
export const ended = {
  FORCED: {
    title: "Anda dikeluarkan oleh kantor pusat",
    text:
      "Kantor pusat mengakhiri semua sesi masuk akun Anda demi keamanan. Akun Anda tetap aktif: silakan masuk lagi. " +
      "Bila Anda tidak tahu sebabnya, hubungi kantor pusat.",
    form: "Isian tadi belum terkirim, tetapi tersimpan di halaman ini dan ditawarkan lagi setelah Anda masuk.",
  },
  SUSPENDED: {
    title: "Akun Anda sedang dibekukan",
    text:
      "Kantor pusat membekukan akun Anda untuk sementara, dan selama itu Anda tidak dapat masuk. Hubungi kantor " +
      "pusat untuk penjelasan. Sesudah pembekuan dicabut, masuklah lagi dengan kata sandi yang sama.",
    form: "Isian tadi tidak terkirim. Keranjang dan lainnya tetap seperti yang terakhir tersimpan.",
  },
  phone: "Hubungi kantor pusat lewat WhatsApp",
};

/** A form that was shown to another person, store or session. */
export const mismatch = {
  title: "Belum ada yang dikirim",
  otherPerson: (shown: string, now: string) =>
    `Formulir ini dibuka untuk ${shown}. Sekarang yang masuk di perangkat ini adalah ${now}.`,
  otherStore: (shown: string, now: string) =>
    `Formulir ini dibuka untuk ${shown}. Sekarang Anda bertindak sebagai ${now}.`,
  otherSession: (store: string) =>
    `Formulir ini dari sesi Shadow Mode untuk ${store} yang sudah berakhir. Sejak itu sesi baru dimulai.`,
  noStore: (shown: string) =>
    `Formulir ini dibuka untuk ${shown}. Sesi Shadow Mode itu sudah berakhir; keranjang tokonya tetap tersimpan.`,
  fromNoStore: (now: string) =>
    `Formulir ini dibuka saat Anda belum mewakili toko. Sekarang Anda bertindak sebagai ${now}.`,
  nothing: "Tidak ada yang berubah.",
  typed: "Yang Anda isi",
  notKept: "Isian ini tidak ikut terbawa. Salin dulu bila masih perlu.",
  toStore: (store: string) => `Kembali ke ${store}`,
  goOn: (name: string) => `Lanjut sebagai ${name}`,
  toCart: "Buka keranjang",
  signOut: (name: string) => `Keluar, lalu masuk sebagai ${name}`,
};
