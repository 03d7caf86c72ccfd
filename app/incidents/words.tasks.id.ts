import type { TaskDecision, TaskKind } from "./task.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** What the staff have to do. */
export const tasks = {
  title: "Tugas",
  lead: "Yang perlu dikerjakan orang kantor, yang paling mendesak di atas.",
  state: "Keadaan",
  open: "Terbuka",
  done: "Selesai",
  kind: "Jenis tugas",
  allKinds: "Semua jenis",
  /** What did a task, where nobody wrote a note; of an incident too. */
  notes: {
    ANSWERED: "Sudah dihubungi",
    ERASED: "Data dihapus",
    LEAD_CLOSED: "Calon mitra ditutup",
    NOTIFIED: "Kedua surat terkirim",
    RELEASED: "Penahanan dilepas",
    RESTRICTED: "Dibatasi atas permintaan orangnya",
    SIGNED: "Ditandatangani",
    WRITTEN: "Catatan rapat ditulis",
    WHATSAPP_OPENED: "WhatsApp dibuka",
    EMAIL_ACCEPTED: "E-mail diterima penyedia",
    SMS_ACCEPTED: "SMS diterima penyedia",
    APPROVED: "Disetujui",
    ORDER_ENDED: "order berakhir, dokumennya dihentikan di ERP",
    PASSED: "latihan lulus",
  },
  kinds: {
    PHONE_OWNER: "Telepon pemilik toko",
    RESOLVE_DISPUTE: "Putuskan «Bukan saya»",
    REVIEW_SALESMAN: "Periksa salesman",
    STOP_ORDER_IN_ERP: "Hentikan order di ERP",
    CORRECT_IN_ERP: "Betulkan dokumen di ERP",
    SIGN_REVIEW: "Tandatangani tinjauan bulanan",
    ERP_CHECKPOINT: "Tulis catatan rapat mingguan ERP",
    TELL_STORE: "Beri tahu toko",
    POST_MORTEM: "Tulis post-mortem",
    POST_MORTEM_ACTION: "Kerjakan tindakan post-mortem",
    ANSWER_LEAD: "Hubungi calon mitra",
    OPEN_ACCOUNT: "Buka akun mitra baru",
    ERASE_LEADS: "Hapus data atas permintaan",
    PLAYBOOK_DRILL: "Latih playbook",
    ANSWER_PRIVACY: "Jawab permintaan data pribadi",
    NOTIFY_BREACH: "Kirim surat kebocoran data",
  } satisfies Record<TaskKind, string>,
  what: {
    PHONE_OWNER:
      "Pemberitahuan tentang order salesman tidak sampai ke pemilik toko. Telepon pemiliknya, sebutkan order dan " +
      "totalnya, dan tanyakan apakah order itu sah.",
    RESOLVE_DISPUTE:
      "Pemilik toko menyatakan order ini bukan miliknya, dan ordernya ditahan. Hubungi pemiliknya, dengarkan " +
      "salesmannya, lalu putuskan di halaman laporannya. Bila sudah dikirim, bicarakan pengembaliannya.",
    REVIEW_SALESMAN:
      "Skor penyalahgunaan salesman ini mencapai batas. Baca kasusnya, lalu catat keputusan Anda di sini.",
    STOP_ORDER_IN_ERP:
      "Dokumen ini ada di ERP, tetapi tidak boleh dikirim: ordernya ditahan atau berakhir, atau tercatat dua " +
      "kali. Hentikan dokumen itu di ERP, lalu catat di sini.",
    CORRECT_IN_ERP:
      "ERP masih mencatat order ini lain dari keputusan kantor. Ubah dokumennya di ERP seperti tertulis di tugas " +
      "ini, lalu catat di sini.",
    SIGN_REVIEW: "Auditor menandatangani setiap baris tinjauan bulan ini dengan keputusan dan catatan.",
    ERP_CHECKPOINT:
      "Belum ada catatan rapat minggu itu dengan tim TI tentang akses API. Bicaralah dengan mereka, " +
      "lalu tulis catatan rapatnya.",
    TELL_STORE:
      "Order ini dibuat saat ERP terputus, dan tokonya diminta menunggu konfirmasi WA. Buka WhatsApp dengan pesan " +
      "yang sudah disiapkan dan kirim, atau beri tahu dengan cara lain lalu catat di sini.",
    POST_MORTEM:
      "Insiden ini pernah SEV-1. Tulis post-mortemnya dan minta admin lain menyetujuinya, paling lambat 14 hari " +
      "setelah teratasi.",
    POST_MORTEM_ACTION:
      "Tindakan dari sebuah post-mortem melewati tanggalnya. Kerjakan, atau pastikan dikerjakan, lalu catat di " +
      "halaman post-mortemnya.",
    ANSWER_LEAD: "Calon mitra ini belum dihubungi dalam 24 jam. Hubungi lewat WhatsApp, lalu catat di halamannya.",
    OPEN_ACCOUNT:
      "Calon mitra ini diserahkan. Buka akunnya dengan isian di bawah, kirim tautan kata sandi, lalu catat kode " +
      "tokonya di sini.",
    ERASE_LEADS: "Seseorang meminta datanya dihapus. Batasnya 72 jam sejak ia memintanya.",
    PLAYBOOK_DRILL:
      "Playbook ini lebih dari 90 hari tidak dilatih sampai lulus. Jalani semua langkahnya bersama-sama sebagai " +
      "latihan, lalu catat hasilnya.",
    ANSWER_PRIVACY: "Seseorang meminta sesuatu tentang datanya. Batasnya 72 jam sejak ia memintanya.",
    NOTIFY_BREACH: "Data pribadi terkena. Kedua surat keluar dalam 72 jam sejak diketahui.",
  } satisfies Record<TaskKind, string>,
  go: {
    PHONE_OWNER: "Buka notifikasi",
    RESOLVE_DISPUTE: "Buka laporan",
    REVIEW_SALESMAN: "Buka kasus",
    STOP_ORDER_IN_ERP: "Buka order",
    CORRECT_IN_ERP: "Buka order",
    SIGN_REVIEW: "Buka tinjauan",
    ERP_CHECKPOINT: "Tulis catatan rapat",
    TELL_STORE: "Buka order",
    POST_MORTEM: "Tulis post-mortem",
    POST_MORTEM_ACTION: "Buka post-mortem",
    ANSWER_LEAD: "Buka calon mitra",
    OPEN_ACCOUNT: "Buka calon mitra",
    ERASE_LEADS: "Buka permintaan",
    PLAYBOOK_DRILL: "Buka playbook",
    ANSWER_PRIVACY: "Buka permintaan",
    NOTIFY_BREACH: "Buka daftar langkah",
  } satisfies Record<TaskKind, string>,
  task: "Tugas",
  about: "Tentang",
  incident: "Insiden",
  due: "Batas waktu",
  late: "Terlambat",
  openedAt: "Dibuka",
  doneBy: "Diselesaikan",
  close: "Selesaikan tugas",
  closeHint: "Apa yang Anda lakukan dan hasilnya. Paling sedikit 5 huruf, tersimpan di jejak audit.",
  note: "Catatan",
  choose: "Pilih keputusan",
  decision: "Keputusan",
  decisions: { NO_ABUSE: "Bukan penyalahgunaan", WATCH: "Pantau", ABUSE: "Penyalahgunaan" } satisfies Record<
    TaskDecision,
    string
  >,
  elsewhere: "Tugas ini selesai dengan sendirinya begitu pekerjaannya dilakukan di halamannya.",
  adminOnly: "Hanya admin yang menyelesaikan tugas.",
  closed: "Tugas selesai.",
  alreadyDone: "Tugas ini sudah diselesaikan sebelumnya. Yang tercatat ada di bawah.",
  order: "Order",
  store: "Toko",
  salesman: "Salesman",
  month: "Bulan",
  document: "Dokumen ERP",
  /** Yang diubah di dokumen ERP. */
  correction: {
    title: "Ubah di ERP",
    pieces: (name: string, from: number, to: number) =>
      to === 0 ? say`${name}: hapus barisnya (sekarang ${from} buah)` : say`${name}: jumlah dari ${from} menjadi ${to}`,
    price: (name: string, from: string, to: string) => `${name}: harga per buah dari ${from} menjadi ${to}`,
    total: (from: string, to: string) => `Total: dari ${from} menjadi ${to}`,
    credit: (words: string) =>
      words
        ? `Buka kredit untuk dokumen ini. Alasan penolakan ERP: «${words}».`
        : "Buka kredit untuk dokumen ini: ERP menolaknya.",
  },
  score: "Skor penyalahgunaan",
  scoreOf: (score: number) => say`${score} poin dari tanda yang ditemukan; batasnya ada di halaman kasus`,
  emptyTitle: "Tidak ada tugas",
  emptyText: "Semua sudah dikerjakan.",
  emptyDone: "Belum ada tugas yang selesai.",
  back: "Kembali ke daftar tugas",
};
