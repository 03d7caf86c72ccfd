import type { Move, OrderStatus, SyncStatus } from "./order.ts";
import { events, held, tell, whatsapp } from "./words.events.id.ts";
import { saved } from "./words.saved.id.ts";
import { slip } from "./words.slip.id.ts";
import { together } from "./words.together.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** Orders: what a store reads of them, the list of all, and an order as the staff handle it. */
export const orders = {
  title: "Order",
  emptyTitle: "Belum ada order",
  emptyText: "Order Anda akan tampil di sini lengkap dengan statusnya.",
  emptyAction: "Buka katalog",
  number: "Nomor",
  placedAt: "Waktu",
  status: "Status",
  sync: "Sinkronisasi",
  total: "Total",
  store: "Toko",
  lines: "Isi order",
  items: (count: number) => say`${count} produk`,
  placedBy: "Dibuat oleh",
  placedBySalesman: (name: string) => `Salesman ${name}, atas nama toko`,
  placedBySalesmanBadge: "Oleh salesman",
  unitPrice: "Harga",
  quantity: "Jumlah",
  lineTotal: "Subtotal",
  preorderQuantity: (n: number) => say`${n} pre-order`,
  note: "Catatan",
  timeline: "Riwayat",
  subdistributor: "Sub-distributor toko",
  noSubdistributor: "Tidak ada Sub-Distributor aktif di wilayah Anda.",
  routedToHq: "Order Anda ditangani langsung oleh kantor pusat.",
  all: "Semua",
  back: "Kembali ke daftar order",
  points: "Poin dari order ini",
  placedDegraded:
    "Dibuat saat sistem gudang tidak terhubung. Admin memeriksanya dan memberi tahu pemilik toko lewat WhatsApp.",
  headOffice: "Kantor pusat",
  placedDegradedOwn:
    "Dibuat saat sistem gudang tidak terhubung. Admin memeriksanya dan memberi tahu Anda lewat WhatsApp.",
  backToOrder: "Kembali ke order",
  statuses: {
    SUBMITTED: "Menunggu Proses",
    PROCESSING: "Sedang Diproses",
    APPROVED: "Disetujui",
    SHIPPED: "Dalam Pengiriman",
    COMPLETED: "Selesai",
    REJECTED: "Ditolak",
    CANCELLED: "Dibatalkan",
  } satisfies Record<OrderStatus, string>,
  state: {
    SUBMITTED: {
      now: "Order sudah kami terima.",
      next: {
        owner: "Berikutnya kami memeriksanya, dan Anda menerima e-mail begitu disetujui dan dikirim.",
        salesman: "Berikutnya kami memeriksanya; pemilik toko menerima e-mail begitu disetujui dan dikirim.",
      },
    },
    PROCESSING: {
      now: "Order sedang kami proses.",
      next: {
        owner: "Anda menerima e-mail begitu disetujui dan dikirim.",
        salesman: "Pemilik toko menerima e-mail begitu disetujui dan dikirim.",
      },
    },
    APPROVED: {
      now: "Order sudah disetujui.",
      next: {
        owner: "Anda menerima e-mail begitu dikirim.",
        salesman: "Pemilik toko menerima e-mail begitu dikirim.",
      },
    },
    SHIPPED: {
      now: "Order sudah dikirim.",
      next: { owner: "Barangnya dalam perjalanan ke toko Anda.", salesman: "Barangnya dalam perjalanan ke toko." },
    },
    COMPLETED: {
      now: "Order ini sudah selesai.",
      next: { owner: "Tidak ada yang perlu Anda lakukan.", salesman: "Tidak ada yang perlu dilakukan." },
    },
    REJECTED: {
      now: "Order ini ditolak dan tidak dikirim.",
      next: {
        owner: "Untuk memesan lagi, mulai dari katalog.",
        salesman: "Untuk memesan lagi, mulai dari katalog.",
      },
    },
    CANCELLED: {
      now: "Order ini dibatalkan dan tidak dikirim.",
      next: {
        owner: "Untuk memesan lagi, mulai dari katalog.",
        salesman: "Untuk memesan lagi, mulai dari katalog.",
      },
    },
  } satisfies Record<OrderStatus, { now: string; next: { owner: string; salesman: string } }>,
  syncStatuses: {
    PENDING_SYNC: "Menunggu Sinkronisasi",
    SYNCED: "Tersinkron",
    FAILED: "Gagal sinkron",
  } satisfies Record<SyncStatus, string>,
  syncEnded: "Tidak tercatat di gudang",
  list: {
    title: "Order",
    search: "Cari order atau toko",
    searchHint: "Nomor order, atau kode atau nama toko",
    resultsFor: (words: string) => `Hasil untuk «${words}»`,
    all: { status: "Semua status", sync: "Tersinkron atau belum", origin: "Oleh siapa pun" },
    shadowOnly: "Oleh salesman",
    origin: "Asal",
    emptyTitle: "Tidak ada order yang cocok",
    emptyText: "Hapus saringan untuk melihat semua order.",
    back: "Kembali ke daftar order",
    held: "Ditahan",
    heldOrNot: "Ditahan atau tidak",
    sort: "Urutan",
    sorts: { newest: "Terbaru dulu", oldest: "Terlama dulu", total: "Total terbesar dulu" },
    from: "Dari tanggal",
    to: "Sampai tanggal",
    noDay: "Tanggal ini tidak ada. Tulis seperti 30/11/2026.",
    backwards: "Tanggal akhir sebelum tanggal awal.",
    next: "Order berikutnya",
  },
  placement: {
    title: "Pembuatan",
    routedTo: "Diteruskan ke",
    routedToHq: "Kantor pusat: tidak ada Sub-Distributor aktif di wilayah toko",
    placedByStore: "Pemilik toko sendiri",
    actingReason: "Alasan mewakili",
    actingSpan: "Sesi mewakili dimulai",
    storeContact: "Kontak pemilik toko",
    degraded: "Saat dibuat, ERP terputus atau mode manual dipaksakan. Periksa stok dan kredit sebelum menyetujui.",
    notDegraded: "ERP terhubung saat order dibuat.",
    stockSnapshot: "Data stok yang dipakai",
    stockRows: (rows: string) => `${rows} baris`,
    stockNone: "Belum ada data stok saat order dibuat",
  },
  invoiceNumber: (number: string) => `Faktur ${number}`,
  delivery: {
    syncTitle: "Sinkronisasi ERP",
    erpDocument: "Dokumen ERP",
    syncedAt: "Tersinkron",
    attempts: "Percobaan",
    invoice: "Faktur",
    invoiceNone: "Dibuat saat order disetujui",
    dueOn: "Jatuh tempo",
    paid: "Terbayar",
    alert: "Notifikasi pemilik toko",
    noAlert: "Tidak ada: order dibuat sendiri oleh toko.",
    recipient: "Dikirim ke",
    createdAt: "Dibuat",
    sentAt: "Terkirim",
  },
  moves: {
    title: "Langkah berikutnya",
    note: "Catatan",
    noteHint: "Boleh dikosongkan. Tercatat di riwayat order.",
    names: {
      PROCESSING: "Mulai proses",
      APPROVED: "Setujui order",
      SHIPPED: "Tandai dikirim",
      COMPLETED: "Tandai selesai",
      REJECTED: "Tolak order",
      CANCELLED: "Batalkan order",
    } satisfies Record<Move, string>,
    moved: (number: string, status: string) => `${number}: ${status}.`,
    meanwhile: (status: string) =>
      `Order ini berubah sejak halaman dibuka: sekarang «${status}». Yang baru Anda tekan tidak mengubah apa pun, ` +
      "dan halaman ini sudah menampilkan keadaan terbaru.",
    none: "Order ini sudah berakhir. Tidak ada langkah berikutnya.",
    creditFirst:
      "Order ini menunggu keputusan kredit. Disetujui atau ditolak hanya di halaman persetujuan, setelah angkanya " +
      "dilihat.",
    readOnly: "Akun auditor tidak dapat mengubah order.",
    closeTitle: (move: string, number: string) => `${move} ${number}?`,
    closeText: (store: string, total: string) =>
      `Order ${store} senilai ${total} berakhir di sini dan tidak dapat dibuka lagi. Stok yang ditahan dilepas dan ` +
      "faktur yang belum dibayar dibatalkan.",
    closeSynced: (document: string) => `ERP sudah mencatatnya sebagai ${document}. Batalkan juga di sana.`,
    closeReason: "Alasan",
    closeReasonHint: "Paling sedikit 5 huruf. Tercatat di riwayat order.",
  },
  events,
  held,
  tell,
  slip,
  together,
  saved,
  whatsapp,
  trail: {
    ORDER_PLACED: "Order dibuat",
    ORDER_MOVED: "Status order diubah",
    ORDER_HELD: "Order ditahan",
    ORDER_RELEASED: "Order dilepas",
    ORDERS_EXPORTED: "Daftar order diunduh",
    WHATSAPP_OPENED: "WhatsApp dibuka",
  },
  codes: {
    ORDER_HELD: "Order ini sedang ditahan, jadi belum dapat disetujui.",
  },
};
