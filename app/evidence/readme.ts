import type { Scope } from "./package.server.ts";

/** What the package is, what it proves and what it does not, for somebody who sees it for the first time. */
export const readme = (scope: Scope): string => `${indonesian(scope)}\n\n${"-".repeat(78)}\n\n${english(scope)}\n`;

const indonesian = (scope: Scope) => `PAKET BUKTI — ${scope.name} (${scope.code})
Periode ${scope.from} sampai ${scope.to}, kalender Jakarta (WIB). Waktu di dalam berkas: UTC.

Isi
- audit.jsonl   Catatan jejak audit tentang salesman ini: yang ia lakukan, yang dilakukan
                terhadapnya, sesi mewakili tokonya, dan order yang ia buat atas nama toko.
                Setiap baris persis seperti saat disegel.
- words.jsonl   Yang ditulis orang tentang catatan itu: alasan dan keterangan. seq adalah nomor
                catatannya. Catatan yang disegel sendiri hanya berisi kode dan nomor.
- orders.jsonl  Order atas nama toko dalam periode ini: isi, asal permintaan, penilaian jarak,
                notifikasi pemilik, laporan «Bukan saya», penahanan.
- hits.jsonl    Aturan deteksi yang terpicu, dengan data yang dilihatnya.
- *.csv         Isi yang sama untuk dibaca di Excel. Teks yang dapat dijalankan sebagai rumus
                diberi tanda kutip tunggal; yang persis ada di berkas .jsonl.
- chain.csv     Sidik SHA-256 setiap catatan pada potongan rantai ini, tentang siapa pun.
- seals.jsonl   Segel setiap kelompok catatan dan tanda tangannya (Ed25519).
- manifest.json SHA-256 setiap berkas dan ujung rantai.
- verify.mjs    Pemeriksa: node verify.mjs [kunci-publik.pem]

Yang dibuktikan
Catatan di audit.jsonl sama dengan yang disegel, dan potongan rantai sampai segel ${scope.lastBatch}
(nomor ${scope.lastSeq}, ujung ${scope.head.slice(0, 16)}…) ditandatangani dengan kunci yang tidak pernah ada di
basis data. Catatan itu menyebut salesman ini dan berasal dari periode ini; audit.csv sama
isinya. ${
  scope.publicKey
    ? "public-key.pem ada di paket ini; bandingkan dengan kunci dari auditor, karena paket palsu dapat membawa kunci " +
      "palsu."
    : "Paket ini dibuat tanpa kunci publik; mintalah kepada auditor untuk memeriksa tanda tangan."
}

Yang tidak dibuktikan
- Kelengkapan: siapa pun dapat mengeluarkan satu baris dari audit.jsonl, melebarkan periode dan
  menulis manifest baru. Bandingkan SHA-256 berkas ZIP dengan halaman ekspor dan dengan
  catatan EVIDENCE_COMPLETED di jejak audit; hanya itu yang membuktikannya.
- words, orders dan hits (.jsonl dan .csv), berkas ini, serta nama dan waktu di manifest tidak ada di
  rantai; buktinya juga hanya SHA-256 berkas ZIP. Isinya dibaca pada ${scope.frozenAt}.
- Bahwa perubahan pada order yang dibuat sebelum periode ini adalah tentang order salesman
  ini: catatan itu hanya menyebut nomor order. verify.mjs menyebut jumlahnya.
- Siapa yang duduk di depan layar. Catatan menyebut akun, bukan orang.

BUKTI LEMAH: tempat dari alamat IP, jarak, dan penilaian PLAUSIBLE / IMPLAUSIBLE. Pada jaringan
seluler tempat itu meleset sekitar 200 km. Nama dan tanggal basis data IP tertulis pada setiap
order (place, why). Hal ini mendukung suatu perkara dan tidak pernah memutuskannya.`;

const english = ({ lastSeq, head, ...scope }: Scope) => `EVIDENCE PACKAGE — ${scope.name} (${scope.code})
Period ${scope.from} to ${scope.to}, by the calendar of Jakarta (WIB). Times inside the files: UTC.

Contents
- audit.jsonl   Rows of the audit trail about this salesman: what he did, what was done to him,
                his sessions as a store, and the orders that he placed in a store's name.
                Each line exactly as it was sealed.
- words.jsonl   What people wrote about those rows: reasons and notes. seq is the row's number.
                The sealed rows themselves hold codes and numbers alone.
- orders.jsonl  Orders in a store's name in this period: contents, origin of the request, judgement
                of the distance, alert to the owner, "Bukan saya" reports, holds.
- hits.jsonl    Detection rules that fired, with what they saw.
- *.csv         The same for reading in Excel. Text that could run as a formula has an
                apostrophe before it; the exact text is in the .jsonl files.
- chain.csv     The SHA-256 digest of every row of this stretch of the chain, whoever it is about.
- seals.jsonl   The seal of each batch of rows, and its signature (Ed25519).
- manifest.json SHA-256 of each file, and the head of the chain.
- verify.mjs    The checker: node verify.mjs [public-key.pem]

What it proves
The rows in audit.jsonl are the ones that were sealed, and the stretch of the chain up to seal
${scope.lastBatch} (number ${lastSeq}, head ${head.slice(0, 16)}…) was signed with a key that was never in the
database. Those rows name this salesman and are of this period; audit.csv says the same.
${
  scope.publicKey
    ? "public-key.pem is in this package; compare it with the auditor's, because a forged package can carry a forged " +
      "key."
    : "This package was made without a public key; ask the auditor for it to check the signatures."
}

What it does not prove
- Completeness: anybody can take a line out of audit.jsonl, widen the period and write a new
  manifest. Compare the SHA-256 of the ZIP file with the export's page and with the row
  EVIDENCE_COMPLETED of the audit trail; nothing else proves it.
- words, orders and hits (.jsonl and .csv), this file, and the name and times of the manifest are not in
  the chain; the SHA-256 of the ZIP file alone proves them too. They were read at ${scope.frozenAt}.
- That changes of orders placed before this period are about this salesman's orders: such rows
  name the order's number alone. verify.mjs says how many there are.
- Who sat in front of the screen. Rows name an account, not a person.

WEAK EVIDENCE: the place of an IP address, the distance, and the judgement PLAUSIBLE / IMPLAUSIBLE.
On mobile networks that place is off by about 200 km. Name and date of the IP database are
written with each order (place, why). They support a case and never decide one.`;
