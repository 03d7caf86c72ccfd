import { sayIn } from "#app/ui/say.ts";
import type { Verdict } from "./now.ts";

const say = sayIn("id");

/** One screen for a bad day, or for the day something new begins. */
export const now = {
  title: "Sekarang",
  lead: "Satu layar untuk hari yang sulit: apa yang jalan, apa yang tidak, dan siapa yang bertugas.",
  refreshes: (seconds: number) => say`Halaman ini memperbarui diri setiap ${seconds} detik.`,
  still: "Hentikan pembaruan",
  again: (seconds: number) => say`Perbarui sendiri setiap ${seconds} detik`,
  stands: "Halaman ini tidak memperbarui diri.",
  verdicts: "Perlu ditangani sekarang",
  calm: "Semua berjalan seperti biasa.",
  verdict: {
    INCIDENT: "Ada insiden SEV-1 atau SEV-2 yang belum selesai.",
    BREAKER: "ERP tidak menjawab. Order tetap masuk dan menunggu.",
    SILENT: "Worker tidak terdengar sejak dua menit: email, pesan, dan ERP berhenti. Nyalakan lagi worker.",
    ERRORS: "Lebih dari 5% permintaan gagal dalam 5 menit terakhir.",
    SLOW: "Halaman lambat: p95 di atas 5 detik dalam 5 menit terakhir.",
    FAILED_ORDERS: "Ada order yang ditolak ERP.",
    TIMERS: "Ada batas waktu yang lewat dan belum dikabarkan.",
    QUEUE: "Antrean menunggu lebih dari 10 menit",
    PACE: "Order satu jam terakhir kurang dari separuh biasanya.",
  } satisfies Record<Verdict["what"], string>,
  incidents: "Insiden terbuka",
  noIncidents: "Tidak ada insiden terbuka.",
  allIncidents: "Semua insiden",
  figures: "Angka",
  orders: "Order satu jam terakhir",
  usual: (n: string) => `biasanya ${n} pada jam ini`,
  usualUnknown: "Belum ada minggu lalu untuk dibandingkan.",
  perMinute: "Order per menit",
  chartSaid: (n: number, most: number) =>
    n === 0
      ? "Tidak ada order dalam satu jam terakhir."
      : say`${n} order dalam satu jam, paling banyak ${most} per menit.`,
  minuteTable: "Angka per menit",
  minute: (ago: number, orders: number) => say`${ago} menit lalu: ${orders}`,
  ago: (minutes: number) => (minutes === 0 ? "sekarang" : say`−${minutes} mnt`),
  requests: "Permintaan, 5 menit",
  failed: (n: number, share: string) => (n === 0 ? "tidak ada yang gagal" : say`${n} gagal (${share}%)`),
  p95: "p95, 5 menit",
  p95Note: "95 dari 100 permintaan tidak lebih lama.",
  errors: "Galat di catatan, 15 menit",
  breaker: "ERP",
  waits: "Menunggu",
  queues: {
    ORDERS: "Order ke ERP",
    MAILS: "Email",
    OWNER_MAILS: "Email ke pemilik toko",
    OWNER_SMS: "SMS ke pemilik toko",
    NOTIFICATIONS: "Kabar insiden",
  },
  onDuty: "Yang bertugas hari ini",
  oldest: "tertua",
};
