import type { Books } from "./book.ts";

/** The company's own words first, as its documents have them; a hint says how it is done here. */
export const books: Books = {
  "erp-heartattack": {
    title: "ERP Heartattack (koneksi ERP terputus)",
    sign: "API Sync Stok/Limit error.",
    parts: {
      immediate: "Immediate Action",
      communication: "User Communication",
      recovery: "Recovery",
      after: "Sesudahnya",
    },
    steps: {
      degraded: {
        text: "System otomatis masuk ke Degraded Mode.",
        hint: "Periksa di bawah. Bila belum masuk dan ERP jelas tidak menjawab, paksa sendiri.",
      },
      bypass: {
        text: "Toggle CREDIT_CHECK_BYPASS = TRUE di Admin Panel (Default status: AMBER/Approval).",
        hint: "Selama menyala, setiap order menunggu persetujuan. Mati sendiri pada jam yang Anda pilih.",
      },
      snapshot: {
        text: "Stok ditampilkan berdasarkan Last Known Good Snapshot (Cache Redis terakhir).",
        hint: "Tersimpan di basis data kita, selalu utuh. Periksa umurnya.",
      },
      banner: {
        text:
          "Tampilkan banner di Dashboard Partner: «Sistem sedang maintenance. Order Anda akan diproses manual oleh " +
          "Admin. Mohon tunggu konfirmasi WA.»",
        hint: "Tampil sendiri selama mode manual. Kabar yang lebih panjang ditulis di halaman status.",
      },
      bridge: {
        text: "Restart Bridge Service / VPN Tunnel ke ERP.",
        hint: "Dilakukan tim TI. Setelah itu uji sambungannya dari sini.",
      },
      reconcile: {
        text:
          "Setelah koneksi pulih, jalankan script Reconcile_Orders untuk sinkronisasi order yang masuk selama " +
          "downtime.",
        hint: "Berjalan sendiri saat sambungan tersambung lagi, dan dapat dijalankan dari halaman rekonsiliasi.",
      },
      "bypass-off": { text: "Matikan CREDIT_CHECK_BYPASS, dan mode manual bila tadi dipaksa." },
    },
    notes: [
      "Risk Level: HIGH (Critical Path)",
      "Buffer Absorbed: 2 MD dari total 5 MD untuk gap fixes",
      "Week 3-7 memerlukan monitoring intensif untuk progress integrasi",
      "Weekly checkpoint dengan tim IT klien untuk memastikan API access",
    ],
  },
  "agent-abuse": {
    title: "Agent Abuse (penyalahgunaan akun)",
    sign: "Anomali order drastis dari satu Salesman atas nama banyak toko berbeda.",
    parts: { immediate: "Immediate Action", forensic: "Audit Forensic", legal: "Legal/HR" },
    steps: {
      "force-logout": { text: "Revoke akses token Salesman tersebut via fitur Force Logout di Admin." },
      suspend: {
        text: "Freeze sementara akun Salesman (status SUSPENDED).",
        hint: "Membekukan juga menahan order salesman 24 jam terakhir yang belum dikirim.",
      },
      trail: {
        text: "Tarik log [AUDIT_IMPERSONATION].",
        hint: "Riwayat lengkap salesman ada di kasusnya; auditor membacanya juga di Jejak Audit.",
      },
      places: {
        text: "Cocokkan Geo-Location IP Salesman dengan Lokasi Toko saat order dibuat (Apakah masuk akal?).",
        hint: "Lokasi dari alamat IP adalah bukti lemah: ia menguatkan kasus, tidak pernah memutuskannya.",
      },
      evidence: {
        text: "Serahkan bukti log ke HR untuk sanksi indisipliner.",
        hint: "Auditor membuat berkas buktinya (ZIP) dari kasus, lalu menyerahkannya ke HR.",
      },
    },
    notes: [],
  },
  "whatsapp-link": {
    title: "WhatsApp Deep Link Issue (link tidak berfungsi)",
    sign: "Link «Kirim via WA» tidak membuka aplikasi WhatsApp atau format pesan rusak.",
    parts: { fallback: "Fallback Action" },
    steps: {
      copy: {
        text: "Aktifkan fitur «Copy to Clipboard».",
        hint: "Selalu ada di halaman order, di bawah tombol WhatsApp. Teks ordernya juga ada di bawah ini.",
      },
      paste: { text: "User meng-copy rincian order teks, lalu paste manual ke WA personal Sub-Distributor." },
    },
    notes: [
      "Sistem menggunakan WA Deep Link (wa.me/62xxx?text=...), bukan WhatsApp Business API. " +
        "Tidak ada dependency ke vendor BSP pihak ketiga.",
    ],
  },
  "kiamat-digital": {
    title: "Kiamat Digital (mati total)",
    sign: "Jika «Kiamat Digital» terjadi (Data Center Terbakar / Cyber Attack Total).",
    parts: { manual: "Manual Fallback", after: "Sesudah itu" },
    steps: {
      pack: {
        text: "Tim Sales wajib memiliki Katalog PDF Offline & Daftar Harga Excel di Tablet mereka.",
        hint: "Tanyakan kepada setiap salesman apakah keduanya ada di tabletnya.",
      },
      paper: {
        text:
          "Jika sistem mati total > 4 jam, kembali ke cara lama: " +
          "Tulis Nota Manual -> Foto -> Kirim ke Admin Pusat.",
        hint: "Pada insiden mati total jam keempatnya dihitung sendiri, dan yang bertugas diberi tahu.",
      },
      "tell-salesmen": { text: "Kirim teks di bawah ini ke semua salesman.", hint: "Lewat WhatsApp atau telepon." },
      photos: { text: "Terima gambar nota di WhatsApp Admin Pusat, dan simpan semuanya sampai diketik." },
      restore: {
        text: "Pulihkan sistem: jalankan playbook pemulihan basis data.",
        hint: "Setelah sistem kembali, beri tahu salesman bahwa nota kertas tidak perlu lagi.",
      },
    },
    notes: [
      "RPO (Recovery Point Objective): Maksimum kehilangan data = 1 Jam (Snapshot Database per jam).",
      "RTO (Recovery Time Objective): Waktu untuk sistem UP kembali = 4 Jam.",
    ],
  },
  "database-restore": {
    title: "Pemulihan basis data",
    sign: "Basis data hilang, rusak, atau isinya tidak dapat dipercaya.",
    parts: { procedure: "Langkah", after: "Sesudahnya" },
    steps: {
      dashboard: { text: "Masuk ke Supabase Dashboard." },
      backups: { text: "Buka Database > Backups." },
      snapshot: { text: "Pilih cadangan terakhir yang sah." },
      restore: { text: "Tekan Restore." },
      "look-after": {
        text: "Periksa sesudahnya: order terakhir, antrean ke ERP, dan e-mail yang mungkin sudah terkirim.",
        hint: "Yang dikirim setelah cadangan itu dapat terkirim lagi: cocokkan dulu sebelum pekerja dinyalakan.",
      },
    },
    notes: [
      "RPO: < 24 jam (cadangan harian) atau < 1 menit (PITR, Enterprise).",
      "RTO: < 60 menit.",
      "Langkah ini dilakukan di luar aplikasi. Catat di sini apa yang sudah dilakukan.",
    ],
  },
  "key-rotation": {
    title: "Penggantian kunci",
    sign: "Dugaan kebocoran, atau ada staf yang keluar.",
    parts: { procedure: "Langkah", after: "Sesudahnya" },
    steps: {
      regenerate: { text: "Buat ulang SUPABASE_SERVICE_ROLE_KEY di Supabase." },
      environment: { text: "Perbarui Environment Variables di Vercel." },
      redeploy: { text: "Deploy ulang commit terakhir supaya kunci baru terpakai." },
      "look-after": { text: "Pastikan semua layanan berjalan, dan kunci lama tidak diterima lagi." },
    },
    notes: ["Langkah ini dilakukan di luar aplikasi. Catat di sini apa yang sudah dilakukan."],
  },
  maintenance: {
    title: "Mode pemeliharaan",
    sign: "Basis data mati, atau pekerjaan besar yang tidak boleh diganggu.",
    parts: { contain: "Contain", after: "Sesudahnya" },
    steps: {
      enable: {
        text: "Bila basis data mati: nyalakan «Maintenance Mode» (Env Var).",
        hint:
          "MAINTENANCE_MODE=FULL pada proses web, lalu mulai ulang. Bila basis data hidup, nyalakan dari halaman " +
          "status.",
      },
      tell: { text: "Kabari toko di halaman status." },
      end: {
        text: "Setelah selesai, akhiri pemeliharaan.",
        hint: "Bila dari Env Var: hapus MAINTENANCE_MODE, lalu mulai ulang.",
      },
    },
    notes: [],
  },
  rollback: {
    title: "Kembali ke versi sebelumnya",
    sign: "Rilis baru rusak.",
    parts: { contain: "Contain", after: "Sesudahnya", review: "Tinjau" },
    steps: {
      instant: { text: "Bila rilisnya rusak: Vercel «Instant Rollback»." },
      "look-after": { text: "Periksa kecepatan dan kesalahan setiap layanan sesudahnya." },
      "post-mortem": { text: "Post-mortem (RCA) wajib untuk SEV-1." },
    },
    notes: ["Langkah ini dilakukan di luar aplikasi. Catat di sini apa yang sudah dilakukan."],
  },
  "data-deletion": {
    title: "Penghapusan data (privasi)",
    sign: "Seseorang meminta datanya dihapus, atau catatan sistem lama belum terhapus.",
    parts: { routine: "Rutin", request: "Permintaan", after: "Sesudahnya" },
    steps: {
      routine: { text: "Catatan sistem dihapus setelah 90 hari.", hint: "Periksa yang tertua." },
      request: {
        text: "Jalankan DELETE FROM leads WHERE email = $1.",
        hint: "Lewat halaman permintaan hapus data, yang mencatat siapa dan kapan. Batasnya 72 jam.",
      },
      receipt: { text: "Beri tahu orangnya bahwa datanya sudah dihapus, dengan tanda terimanya." },
    },
    notes: [],
  },
};
