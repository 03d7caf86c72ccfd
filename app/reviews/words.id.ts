import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** The monthly review of salesmen. */
export const reviews = {
  title: "Tinjauan bulanan salesman",
  lead:
    "Pada tanggal 1 pukul 07.00 WIB, sepuluh salesman yang paling sering bertindak atas nama toko diringkas. " +
    "Auditor menandatangani setiap baris.",
  top: "Top 10 Agents by Impersonation Count",
  month: "Bulan",
  madeAt: "Dibuat",
  dueAt: "Batas tanda tangan",
  dueHint: "Lima hari kerja, Senin sampai Jumat. Hari libur nasional dihitung sebagai hari kerja.",
  signedOf: (signed: number, salesmen: number) => say`${signed} dari ${salesmen}`,
  signedColumn: "Ditandatangani",
  stateColumn: "Keadaan",
  states: { OPEN: "Menunggu tanda tangan", LATE: "Terlambat", DONE: "Selesai", EMPTY: "Tidak ada kegiatan" },
  emptyTitle: "Belum ada tinjauan",
  emptyText:
    "Tinjauan pertama dibuat pada tanggal 1, pukul 07.00 WIB, bila ada salesman yang bertindak atas nama toko " +
    "pada bulan sebelumnya.",
  noLines: "Pada bulan ini tidak ada salesman yang bertindak atas nama toko. Tidak ada yang perlu ditandatangani.",
  incident: "Insiden karena terlambat",
  back: "Kembali ke semua tinjauan",
  frozen: "Angka dihitung saat tinjauan dibuat dan tidak berubah lagi.",
  chart: "Grafik: berapa kali bertindak atas nama toko",
  chartText: (month: string, first: string, last: string) =>
    `Batang mendatar per salesman untuk ${month}, terbanyak di atas: dari ${first} sampai ${last}. Nilai order ` +
    "tertulis di bawah tiap batang. Semua angka ada di tabel.",
  times: (n: number) => say`${n} kali`,
  worth: (amount: string, orders: number) => say`${amount} dari ${orders} order`,
  rank: "No.",
  salesman: "Salesman",
  impersonations: "Bertindak",
  stores: "Toko",
  orders: "Order",
  amount: "Nilai order",
  hits: "Tanda",
  disputes: "Bukan saya",
  suspensions: "Pembekuan",
  decision: "Keputusan",
  explain:
    "Bertindak: sesi Shadow Mode yang dimulai. Order dan nilainya: semua yang dibuat salesman, termasuk yang " +
    "kemudian ditolak atau dibatalkan. Tanda: aturan penyalahgunaan yang terpenuhi. Bukan saya: order yang tidak " +
    "diakui pemilik toko.",
  sign: "Tanda tangan",
  signTitle: (name: string, code: string) => `${name} (${code})`,
  signLead: "Satu keputusan dan catatan untuk setiap salesman. Setelah ditandatangani tidak dapat diubah.",
  choose: "Pilih keputusan",
  decisions: { NO_ACTION: "Tanpa tindakan", WATCH: "Pantau", COACHING: "Pembinaan", ESCALATE_HR: "Teruskan ke HR" },
  note: "Catatan",
  noteHint: "Apa yang Anda periksa dan mengapa Anda memutuskan demikian. Paling sedikit 5 huruf.",
  signedBy: "Ditandatangani",
  unsigned: "Belum ditandatangani",
  openCase: "Buka kasus",
  openCaseOf: (name: string) => `Buka kasus: ${name}`,
  signed: (name: string, decision: string) => `${name}: ${decision}. Tanda tangan tersimpan.`,
  auditorOnly: "Hanya auditor yang menandatangani.",
  trail: {
    REVIEW_MADE: "Tinjauan bulanan dibuat",
    REVIEW_SIGNED: "Tinjauan ditandatangani",
  },
};
