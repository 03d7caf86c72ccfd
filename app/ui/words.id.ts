import type { Reader } from "./banners.tsx";
import { overview, dashboard } from "./words.overview.id.ts";
import { errors } from "./words.errors.id.ts";
import { sayIn } from "./say.ts";

const say = sayIn("id");

const months = [
  "Januari",
  "Februari",
  "Maret",
  "April",
  "Mei",
  "Juni",
  "Juli",
  "Agustus",
  "September",
  "Oktober",
  "November",
  "Desember",
];

/** Words of the frame around every page, of forms and lists, and of the pages that many rooms share. */
export const ui = {
  brand: "Alfa Beauty",
  tagline: "Kebutuhan salon dan barber, langsung dari distributornya.",
  title: (page: string) => `${page} · Alfa Beauty`,
  skip: "Langsung ke isi halaman",
  footer: "PT. Alfa Beauty Cosmetica · Semua waktu dalam WIB",
  switchLanguage: "English",
  switchLanguageLabel: "Ganti bahasa ke Inggris",
  nav: {
    label: "Menu utama",
    home: "Beranda",
    catalogue: "Katalog",
    cart: "Keranjang",
    orders: "Order",
    clients: "Klien",
    alerts: "Notifikasi",
    erp: "ERP",
    settings: "Pengaturan",
    audit: "Jejak Audit",
    signIn: "Masuk",
    signOut: "Keluar",
    overview: "Ringkasan",
    approvals: "Persetujuan",
    reconcile: "Rekonsiliasi",
    shadow: "Salesman",
    tasks: "Tugas",
    incidents: "Insiden",
    leads: "Calon mitra",
    disputes: "Bukan saya",
    cases: "Kasus",
    accounts: "Akun",
    reviews: "Tinjauan",
    exports: "Ekspor bukti",
    more: "Lainnya",
    waiting: (n: string) => `${n} menunggu`,
    groups: { work: "Pekerjaan", shadow: "Shadow Mode", people: "Toko dan akun", system: "Sistem" },
  },
  actions: {
    more: "Lainnya",
    moreHere: "di daftar ini",
    save: "Simpan",
    search: "Cari",
    filter: "Terapkan",
    clear: "Hapus saringan",
    back: "Kembali",
    copy: "Salin",
    copied: "Tersalin",
    print: "Cetak",
    change: "Ubah",
    remove: "Hapus",
  },
  password: { show: "Tampilkan", hide: "Sembunyikan", typed: "kata sandi" },
  form: {
    summaryTitle: "Mohon periksa kembali",
    kept: "Yang Anda tulis, belum tersimpan",
    inTitle: "Galat: ",
    errorPrefix: "Perlu diperiksa:",
    tooLong: (most: number) => say`Paling banyak ${most} huruf. Pendekkan, lalu cari lagi.`,
    showing: (shown: number) => say`${shown} ditampilkan`,
  },
  filters: { none: "Cari dan saring", set: (n: number) => say`Saring (${n})` },
  pager: { label: "Halaman", next: "Berikutnya", back: "Sebelumnya", previous: "Ke awal" },
  banners: {
    maintenance: {
      FULL: (until: string | null) =>
        `Toko ditutup untuk pemeliharaan${until ? ` sampai ${until}` : ""}; hanya kantor pusat yang dapat masuk.`,
      READ_ONLY: (until: string | null) =>
        `Pemeliharaan${until ? ` sampai ${until}` : ""}: untuk sementara hanya dapat dilihat, belum dapat memesan.`,
    },
    degraded: {
      guest: "Sistem sedang maintenance. Katalog tetap dapat Anda lihat.",
      store: "Sistem sedang maintenance. Order Anda akan diproses manual oleh Admin. Mohon tunggu konfirmasi WA.",
      salesman:
        "Sistem sedang maintenance. Order untuk klien Anda tetap masuk dan diproses manual oleh " +
        "Admin; toko dikabari lewat WA.",
      admin:
        "Hubungan ke ERP terputus atau mode manual aktif. Order tetap masuk; tokonya menunggu kabar WA dari kantor.",
      auditor: "Hubungan ke ERP terputus atau mode manual aktif. Order tetap masuk dan menunggu rekonsiliasi.",
    } satisfies Record<Reader, string>,
    stockUnknown: {
      guest: "Data stok belum tersedia. Order tetap kami terima; stoknya dipastikan admin.",
      store: "Data stok belum tersedia. Order tetap kami terima; stoknya dipastikan admin.",
      salesman: "Data stok belum tersedia. Order untuk klien Anda tetap diterima; stoknya dipastikan Admin.",
      admin: "Belum ada data stok dari ERP. Order tetap diterima; stoknya perlu dipastikan kantor.",
      auditor: "Belum ada data stok dari ERP. Order tetap diterima; stoknya perlu dipastikan kantor.",
    } satisfies Record<Reader, string>,
    stockAge: (minutes: number) =>
      say`Data stok terakhir diperbarui ${minutes < 1 ? "kurang dari 1" : minutes} menit lalu.`,
    bypass: (until: string) => `CREDIT_CHECK_BYPASS aktif sampai ${until}. Semua order menunggu persetujuan.`,
    actingAs: (store: string) => `Anda bertindak sebagai ${store}`,
    actingLeft: (minutes: number, until: string) => say`${minutes} menit lagi (${until})`,
    actingLastMinute: (until: string) => `kurang dari 1 menit lagi (${until})`,
    actingEnd: "Akhiri",
    actingSwitch: "Ganti toko",
  },
  relative: {
    now: "baru saja",
    minutes: (n: number) => say`${n} menit lalu`,
    hours: (n: number) => say`${n} jam lalu`,
    days: (n: number) => say`${n} hari lalu`,
    ahead: {
      minutes: (n: number) => say`${n} menit lagi`,
      hours: (n: number) => say`${n} jam lagi`,
      days: (n: number) => say`${n} hari lagi`,
    },
  },
  /** «Oktober 2026» for 2026-10. */
  month: (name: string) => `${months[Number(name.slice(5)) - 1] ?? name} ${name.slice(0, 4)}`,
  readAt: "Dibaca dari basis data pada",
  countedTo: "Jumlah dihitung sampai 1.000.",
  readOnly: "Akun auditor: hanya membaca.",
  attempts: (n: number) => say`${n} percobaan`,
  nextAttempt: "Percobaan berikutnya",
  lastError: "Kesalahan terakhir",
  none: "Tidak ada",
  yes: "Ya",
  no: "Tidak",
  overview,
  dashboard,
  errors,
};
