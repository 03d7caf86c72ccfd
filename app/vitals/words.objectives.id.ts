import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** What the sheet promises, and how much of what may go wrong is used. */
export const objectives = {
  title: "Janji layanan",
  lead:
    "Yang dijanjikan lembar layanan perusahaan, dan seberapa jauh jatah kesalahannya terpakai dalam 30 hari " +
    "terakhir.",
  objective: "Janji",
  target: "Bagian yang harus baik",
  measured: "Terukur",
  budget: "Jatah tersisa",
  state: "Keadaan",
  of: (bad: number, total: number) => say`${bad} buruk dari ${total}`,
  left: (percent: string) => `${percent}%`,
  states: {
    NONE: "belum bisa diukur",
    NOTHING: "belum ada yang terjadi",
    FEW: "terlalu sedikit untuk dinilai",
    KEPT: "ditepati",
    BROKEN: "tidak ditepati",
  },
  names: {
    uptime: "Situs menjawab (dilihat dari luar)",
    answers: "Halaman tanpa kesalahan kami (5xx)",
    "order-success": "Order berhasil dikirim",
    routing: "Order diteruskan ke sub-distributor",
    "credit-accuracy": "Keputusan kredit benar",
    "failed-order-known": "Order gagal diketahui dalam 5 menit",
  },
  endpoints: {
    health: "Tanda hidup",
    login: "Masuk",
    credit: "Kredit (API)",
    products: "Katalog",
    order: "Kirim order",
  },
  within: (service: string, ms: string) => `${service}: dalam ${ms} ms`,
  gate: "Boleh merilis apa",
  gates: {
    OPEN: "Semua boleh dirilis.",
    CRITICAL_ONLY: "Setengah dari satu jatah sudah terpakai: hanya yang penting yang dirilis.",
    RELIABILITY_ONLY: "Empat perlima dari satu jatah sudah terpakai: hanya pekerjaan keandalan yang dirilis.",
  },
  gateBy: (name: string, percent: string) => `Yang paling jauh terpakai: ${name}, ${percent}%.`,
  gateNote:
    "Tindakan darurat (lewati kredit, mode manual, pemeliharaan, pembekuan, keluarkan paksa) tetap boleh oleh satu " +
    "admin, berapa pun jatahnya.",
  burning: "Terpakai terlalu cepat",
  burningLead: "Berapa kali lebih cepat dari yang boleh, dalam dua jangka waktu sekaligus.",
  calm: "Tidak ada jatah yang sedang terpakai.",
  rule: "Aturan",
  rate: "Kali",
  alarm: "Insiden dari",
  rules: {
    "budget-burning-fast": "1 jam dan 5 menit (SEV-2)",
    "budget-burning": "6 jam dan 30 menit (SEV-2)",
    "budget-burning-slowly": "3 hari dan 6 jam (SEV-3)",
  },
  incident: "Insidennya:",
  uncounted: "Belum ada yang menghitung: worker menghitung setiap menit.",
  export: "Unduh sebagai OpenSLO",
};
