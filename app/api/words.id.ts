/** The API, as its page and its document describe it. */
export const api = {
  title: "API",
  description:
    "Untuk program: katalog, order, kredit, faktur, dan calon mitra lewat HTTP. Jawabannya JSON; yang " +
    "salah dijawab dengan dokumen masalah menurut RFC 9457 dengan `type` yang tidak pernah berubah. POST " +
    "boleh membawa Idempotency-Key: kunci yang sama dengan isi yang sama dijalankan satu kali dan dijawab" +
    " sama selama 7 hari.",
  document: "Dokumen OpenAPI 3.1",
  session:
    "Yang sudah masuk mengirim cookie `alfa-session` dari sesinya, seperti perambannya. Tidak ada kunci " +
    "khusus untuk program.",
  key:
    "1 sampai 200 karakter ASCII yang terlihat, baru untuk setiap hal yang dikerjakan. Kunci yang sama " +
    "dengan isi yang sama dijawab seperti pertama kali, selama 7 hari.",
  for: "Untuk",
  promise: "Janji (p95)",
  atOnce: "langsung",
  query: "Parameter",
  body: "Isi",
  answers: "Jawaban",
  problems: "Masalah",
  field: "Nama",
  type: "Jenis",
  meaning: "Arti",
  status: "Status",
  optional: "boleh kosong",
  nothing: "tidak ada",
  keys: { taken: "Menerima Idempotency-Key", needed: "Harus dengan Idempotency-Key" },
  audiences: {
    anyone: "semua orang",
    "signed-in": "siapa pun yang sudah masuk",
    store: "toko, dan salesman yang bertindak untuknya",
    invoices: "toko, dan kantor pusat",
    staff: "kantor pusat",
    export: "orang kantor pusat yang berhak mengunduh calon mitra",
    token: "pemegang token pengukuran (METRICS_TOKEN)",
  },
  statuses: {
    200: "Ini dia.",
    201: "Order sudah masuk.",
    202: "Diterima; selalu sama.",
    204: "Didengar.",
    304: "Yang Anda punya masih benar.",
    503: "Ada yang kami perlukan dan tidak tersedia.",
  } as Record<number, string>,
  operations: {
    health: {
      title: "Tanda hidup",
      what: "Apakah proses menjawab, apa pun yang lain sedang mati. Untuk load balancer dan pemantau dari luar.",
    },
    ready: {
      title: "Kesiapan",
      what:
        "Apakah basis data menjawab dalam 300 ms, worker terdengar dalam dua menit terakhir, dan basis data " +
        "dibuat dari skema yang cocok dengan proses ini. Bukan untuk load balancer: semua proses akan keluar " +
        "sekaligus.",
    },
    leads: { title: "Calon mitra", what: "Seseorang ingin menjadi mitra. Dijawab dalam 24 jam." },
    products: {
      title: "Katalog",
      what:
        "Satu halaman katalog; ikuti `next` sampai null, atau `previous` untuk kembali. Harga dan stok ada " +
        "dengan sesi sebuah toko. Dengan ETag.",
    },
    rum: {
      title: "Kecepatan halaman",
      what:
        "Seberapa cepat sebuah halaman di ponsel (LCP, INP, TTFB dalam ms, CLS): " +
        '`{"route": "/products", "vitals": [{"name": "LCP", "value": 1200}]}`. ' +
        "Dijawab langsung, apa pun isinya; yang tidak masuk akal " +
        "dilepas. Kunci yang sudah didengar proses ini tidak dihitung lagi.",
    },
    orders: {
      title: "Order",
      what:
        "Mengirim isi keranjang seperti halaman checkout, dengan harga, stok, dan kredit saat ini. Order yang" +
        " tidak muat dalam kredit ditolak (`credit-blocked`), kecuali `request_approval` true: lalu menunggu " +
        "kantor pusat.",
    },
    credit: {
      title: "Kredit",
      what: "Keadaan kredit toko. Dengan `amount`: `credit-blocked` bila order sebesar itu tidak akan lolos.",
    },
    sync: { title: "Umur stok", what: "Seberapa lama stok yang dipakai untuk menjual, dan bagaimana ERP menjawab." },
    regions: { title: "Wilayah", what: "Wilayah penjualan yang ada." },
    invoices: {
      title: "Faktur",
      what:
        "Terbaru dulu, 50 per halaman; ikuti `next` sampai null. Toko mendapat fakturnya sendiri, kantor " +
        "pusat semua.",
    },
    waiting: {
      title: "Order yang menunggu dikirim",
      what:
        "Berapa lama setiap order sudah ada di tangan sub-distributornya, yang paling lama dulu, 50 per halaman; " +
        "ikuti `next` sampai null. Waktu berhenti selama order ditahan.",
    },
    leadsExport: {
      title: "Calon mitra sebagai file",
      what: "CSV, atau file Excel dengan `format=xlsx`. Setiap kali tercatat di jejak audit.",
    },
    document: { title: "Dokumen ini", what: "OpenAPI 3.1, dibuat dari yang diperiksa server." },
  },
};
