import { sayIn } from "#app/ui/say.ts";
import type { DetectorState, DetectorUnit } from "./detector.ts";

const say = sayIn("id");

/** The rules by which incidents are found. */
export const detectors = {
  title: "Detektor",
  lead: "Aturan yang setiap sepuluh detik memeriksa apakah ada yang salah, dan membuka insidennya sendiri.",
  note:
    "Detektor yang tidak dapat mengukur membeku: yang rusak tetap rusak, dan tidak ada yang dianggap pulih. Yang " +
    "pulih sendiri menjadi «Sebab teratasi»; yang menutupnya selalu orang.",
  asleep: "Sudah lebih dari satu menit tidak ada yang memeriksa: proses latar tidak berjalan.",
  rule: "Aturan",
  now: "Terukur sekarang",
  from: "Menyala mulai",
  state: "Keadaan",
  last: "Terakhir menyala",
  playbook: "Panduan",
  incident: "Insiden",
  never: "belum pernah",
  times: (count: number) => say`${count} kali`,
  states: {
    OK: "baik",
    BROKEN: "menyala",
    FROZEN: "menyala, dan tidak terlihat",
    BLIND: "tidak terlihat",
    FEW: "terlalu sepi untuk dinilai",
    NEW: "belum dipasang",
  } satisfies Record<DetectorState, string>,
  units: {
    SHARE: (value: string) => `${value}%`,
    COUNT: (value: string) => value,
    MINUTES: (value: string) => `${value} menit`,
    SECONDS: (value: string) => `${value} detik`,
    TIMES: (value: string) => `${value}×`,
  } satisfies Record<DetectorUnit, (value: string) => string>,
  names: {
    "database-down": "Basis data mati, dilihat oleh pengawas di luar sistem",
    "site-down": "Situs mati, dilihat dari luar",
    "web-down": "Salah satu proses web mati",
    "worker-down": "Proses latar diam",
    "orders-failing": "Pengiriman order yang gagal, dari semuanya dalam 5 menit",
    "order-failed": "Pengiriman order yang berakhir dengan kesalahan kami, 5 menit",
    "order-cut": "Pengiriman order yang terputus sebelum terjawab, 5 menit",
    "journey-failing": "Order uji coba yang gagal berturut-turut",
    "sign-in-failing": "Upaya masuk yang gagal, dari semuanya dalam 5 menit",
    "lead-form-failing": "Formulir calon mitra yang gagal, dari semuanya dalam 10 menit",
    "lead-form-check": "Formulir calon mitra uji coba yang gagal berturut-turut",
    "erp-dead": "ERP mati selama",
    "erp-orders-failing": "Order yang gagal sejak ERP mati",
    "order-not-synced": "Order yang tidak diterima ERP dan belum diputuskan",
    "orders-not-synced": "Order yang ditolak ERP, dari yang dikirim dalam 15 menit",
    "order-waiting": "Order yang paling lama menunggu ERP",
    "owner-not-told": "Pemilik toko yang belum dapat diberi tahu",
    "requests-failing": "Halaman yang berakhir dengan kesalahan, dalam 1 dan 5 menit",
    "requests-slow": "Halaman yang lebih lama dari 5 detik, dalam 1 dan 5 menit",
    "stock-stuck": "Umur data stok",
    "credit-stuck": "Umur data kredit",
    "credit-amber-by-error": "Order menjadi AMBER karena data kredit tidak ada, 15 menit",
    "clock-jump": "Lompatan jam basis data",
    "budget-burning-fast": "Berapa kali terlalu cepat jatah kesalahan terpakai, dalam 1 jam dan 5 menit",
    "budget-burning": "Sama, dalam 6 jam dan 30 menit",
    "budget-burning-slowly": "Sama, dalam 3 hari dan 6 jam",
    "detector-blind": "Detektor yang tidak melihat apa pun selama 15 menit",
  },
};
