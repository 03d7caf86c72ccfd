import { sayIn } from "#app/ui/say.ts";
import { now } from "./words.now.id.ts";
import { objectives } from "./words.objectives.id.ts";
import { services } from "./words.services.id.ts";

const say = sayIn("id");

/** Seeing what the system does: speed of pages, lines of the log, services. */
export const vitals = {
  title: "Kecepatan halaman",
  lead:
    "Diukur di ponsel yang membuka halaman kita, bukan di server. Angka p75: tiga dari empat kunjungan tidak lebih " +
    "buruk.",
  coverage: (measured: number, sent: number, share: string) =>
    say`${measured} kunjungan terukur dari ${sent} halaman yang dikirim (sekitar ${share}%). ` +
    "Sisanya: ponsel tanpa JavaScript, aplikasi yang tidak mengukur, atau halaman yang tidak dipilih.",
  coverageNone: "Belum ada halaman yang dikirim dalam waktu ini.",
  metric: "Ukuran",
  days: "Waktu",
  lastDays: (n: number) => say`${n} hari terakhir`,
  chart: (metric: string) => `${metric} p75 per hari`,
  chartText: (said: string) => `Garis per hari, semua halaman bersama. ${said} Semua angka ada di daftar di bawahnya.`,
  chartSaid: (value: string, day: string) => `Terakhir ${value}, pada ${day}.`,
  dayTable: "Angka per hari",
  table: "Kecepatan per halaman",
  route: "Halaman",
  target: (metric: string) => `Unsur (${metric})`,
  measured: "Terukur",
  of: (measured: number, sent: number) => say`${measured} dari ${sent}`,
  grades: { good: "baik", middling: "sedang", poor: "buruk" },
  seconds: (value: string) => `${value} detik`,
  emptyTitle: "Belum ada yang terukur",
  emptyText:
    "Ponsel mengirim angkanya saat halaman ditinggalkan; paling lambat setengah menit kemudian tampil di sini.",
  note:
    "LCP: kapan isi terbesar tampil. INP: seberapa cepat halaman menanggapi sentuhan. CLS: seberapa banyak isi " +
    "bergeser. TTFB: kapan jawaban mulai datang. Baik sampai 2,5 detik, 200 ms, 0,1 dan 0,8 detik; buruk di atas " +
    "4 detik, 500 ms, 0,25 dan 1,8 detik. Angka dihitung dari kelompok, jadi bisa meleset 9%. Disimpan 90 hari, " +
    "tanpa siapa dan alamatnya.",
  logs: {
    title: "Catatan sistem",
    lead: "Apa yang dicatat web dan worker, terbaru di atas. Tanpa nama, alamat, kata sandi, dan kunci.",
    at: "Waktu",
    second: (second: string) => `detik ${second}`,
    level: "Tingkat",
    levels: { info: "Info", warn: "Peringatan", error: "Galat" },
    anyLevel: "Semua tingkat",
    from: { warn: "Peringatan dan galat", error: "Galat saja" },
    message: "Pesan",
    facts: "Fakta",
    request: "Nomor rujukan",
    requestHint: "Tertulis di halaman galat. Nomor order juga bisa: ORD-….",
    day: "Sampai tanggal",
    misread: {
      request: "Salin nomor rujukan yang lengkap (32 huruf dan angka), atau tulis nomor order: ORD-….",
      day: "Tulis tanggal yang ada, misalnya 2026-11-30.",
    },
    emptyTitle: "Tidak ada catatan",
    emptyText: "Tidak ada baris yang cocok. Catatan disimpan 90 hari, dan baris baru tampil dalam beberapa detik.",
  },
  now,
  objectives,
  services,
};
