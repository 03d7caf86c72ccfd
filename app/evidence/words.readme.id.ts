import type { Scope } from "./package.server.ts";

/** What the package is, what it proves and what it does not, for somebody who sees it for the first time. */
export const readme = (scope: Scope) => `PAKET BUKTI — ${scope.name} (${scope.code})
Periode ${scope.from} sampai ${scope.to}, kalender Jakarta (WIB). Waktu di dalam berkas: UTC, di .xlsx WIB.

Isi
- audit.jsonl   Catatan jejak audit tentang salesman ini: yang ia lakukan, yang dilakukan
                terhadapnya, sesi mewakili tokonya, dan order yang ia buat atas nama toko.
                Setiap baris persis seperti saat disegel.
- words.jsonl   Yang ditulis orang tentang catatan itu: alasan dan keterangan. seq adalah nomor
                catatannya. Catatan yang disegel sendiri hanya berisi kode dan nomor.
- orders.jsonl  Order atas nama toko dalam periode ini: isi, asal permintaan, penilaian jarak,
                notifikasi pemilik, laporan «Bukan saya», penahanan.
- hits.jsonl    Aturan deteksi yang terpicu, dengan data yang dilihatnya.
- *.xlsx        Isi yang sama untuk dibaca di Excel. Waktu: WIB, pecahan detik tidak tampak;
                teks yang lebih dari 32.767 huruf dipotong.
- *.csv         Isi yang sama untuk program lain, dipisah koma. Teks yang dapat dijalankan sebagai
                rumus diberi tanda kutip tunggal; yang persis ada di berkas .jsonl.
- chain.csv     Sidik SHA-256 setiap catatan pada potongan rantai ini, tentang siapa pun.
- seals.jsonl   Segel setiap kelompok catatan dan tanda tangannya (Ed25519).
- manifest.json SHA-256 setiap berkas dan ujung rantai.
- verify.mjs    Pemeriksa: node verify.mjs [kunci-publik.pem]

Yang dibuktikan
Catatan di audit.jsonl sama dengan yang disegel, dan potongan rantai sampai segel ${String(scope.lastBatch)}
(nomor ${String(scope.lastSeq)}, ujung ${scope.head.slice(0, 16)}…) ditandatangani dengan kunci yang tidak pernah ada di
basis data. Catatan itu menyebut salesman ini dan berasal dari periode ini; audit.csv dan
audit.xlsx sama isinya. ${
  scope.publicKey
    ? "public-key.pem ada di paket ini; bandingkan dengan kunci dari auditor, karena paket palsu dapat membawa kunci " +
      "palsu."
    : "Paket ini dibuat tanpa kunci publik; mintalah kepada auditor untuk memeriksa tanda tangan."
}

Yang tidak dibuktikan
- Kelengkapan: siapa pun dapat mengeluarkan satu baris dari audit.jsonl, melebarkan periode dan
  menulis manifest baru. Bandingkan SHA-256 berkas ZIP dengan halaman ekspor dan dengan
  catatan EVIDENCE_COMPLETED di jejak audit; hanya itu yang membuktikannya.
- words, orders dan hits (.jsonl, .csv dan .xlsx), berkas ini, serta nama dan waktu di manifest tidak ada di
  rantai; buktinya juga hanya SHA-256 berkas ZIP. Isinya dibaca pada ${scope.frozenAt}.
- Bahwa perubahan pada order yang dibuat sebelum periode ini adalah tentang order salesman
  ini: catatan itu hanya menyebut nomor order. verify.mjs menyebut jumlahnya.
- Siapa yang duduk di depan layar. Catatan menyebut akun, bukan orang.

BUKTI LEMAH: tempat dari alamat IP, jarak, dan penilaian PLAUSIBLE / IMPLAUSIBLE. Pada jaringan
seluler tempat itu meleset sekitar 200 km. Nama dan tanggal basis data IP tertulis pada setiap
order (place, why). Hal ini mendukung suatu perkara dan tidak pernah memutuskannya.`;
