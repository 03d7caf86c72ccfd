/** The company as it presents itself to whoever is no partner yet. */
export const company = {
  name: "PT. Alfa Beauty Cosmetica",
  links: {
    label: "Tentang perusahaan",
    about: "Tentang kami",
    partner: "Jadi mitra",
    contact: "Kontak",
    privacy: "Privasi",
    terms: "Ketentuan",
    shop: "Toko eceran",
  },
  home: {
    description:
      "Distributor kebutuhan salon dan barber di Indonesia: katalog lengkap, harga khusus mitra, order lewat ponsel.",
    brands: "Merek yang kami bawa",
    forWhom: "Untuk salon, barber, dan perias",
    steps: [
      ["Isi formulir", "Ceritakan usaha Anda. Kami menghubungi lewat WhatsApp."],
      ["Akun dibuka", "Anda masuk dan melihat harga mitra untuk setiap produk."],
      ["Pesan dari ponsel", "Di sela pelanggan, kapan saja. Sub-Distributor di wilayah Anda mengantar."],
    ] satisfies Array<[string, string]>,
    become: "Jadi mitra",
  },
  about: {
    title: "Tentang kami",
    description: "PT. Alfa Beauty Cosmetica menyalurkan produk perawatan rambut dan alat ke salon dan barber.",
    sections: [
      [
        "Apa yang kami lakukan",
        "PT. Alfa Beauty Cosmetica menyalurkan produk perawatan rambut dan alat salon dari berbagai merek " +
          "ke salon, barber, dan perias pengantin di Indonesia.",
        "Yang membeli dari kami adalah usaha, bukan perorangan. Setiap mitra punya akun dengan harga dan syarat " +
          "pembayarannya sendiri.",
      ],
      [
        "Bagaimana barang sampai",
        "Order masuk lewat situs ini atau lewat salesman kami, lalu diantar oleh Sub-Distributor di wilayah Anda.",
        "Bila salesman memesan atas nama Anda, Anda langsung diberi tahu dan dapat menolaknya dengan satu tombol.",
      ],
      [
        "Tingkat mitra",
        "Mitra baru membayar sebelum barang dikirim. Mitra terverifikasi membayar dalam 14 hari, mitra prioritas " +
          "dalam 30 hari.",
      ],
    ],
  },
  contact: {
    title: "Kontak",
    description: "Hubungi kantor pusat PT. Alfa Beauty Cosmetica.",
    lead: "Paling cepat lewat WhatsApp. Sebutkan nama usaha dan kota Anda.",
    whatsapp: "WhatsApp kantor pusat",
    call: "Telepon",
    address: "Alamat",
    partner: "Ingin jadi mitra? Isi formulirnya, kami yang menghubungi Anda.",
  },
  privacy: {
    title: "Privasi",
    description: "Data apa yang kami simpan, untuk apa, berapa lama, dan bagaimana memintanya dihapus.",
    sections: [
      [
        "Formulir «Jadi mitra»",
        "Yang Anda tulis di formulir kami simpan untuk menghubungi Anda tentang kemitraan. Yang membacanya " +
          "hanya orang kantor pusat. Paling lama 3 tahun sesudahnya isinya terhapus sendiri.",
      ],
      [
        "Hak Anda atas data Anda",
        "Anda boleh meminta salinan data Anda, perbaikan, pembatasan, penghapusan, atau menarik persetujuan, lewat " +
          "formulir di bawah, WhatsApp, atau e-mail. Seorang petugas memastikan dulu bahwa yang meminta memang Anda, " +
          "lalu menjawab dalam 72 jam. Yang Anda tulis di permintaan itu kami lupakan 90 hari setelah dijawab.",
        "Isian formulir yang dihapus tidak dapat dikembalikan. Yang tersisa hanya sebuah nomor tanpa data tentang " +
          "Anda, dan Anda menerima tanda terima bila memberi alamat e-mail.",
        "Bila akun Anda ditutup otomatis oleh sistem, Anda boleh mengajukan keberatan di formulir yang sama.",
      ],
      [
        "Akun mitra",
        "Kami menyimpan nama usaha, kota, kontak pemilik, order, dan faktur. Order dan faktur tidak " +
          "dihapus, karena aturan pajak mewajibkan kami menyimpannya.",
        "Keranjang yang tidak disentuh 30 hari terhapus sendiri.",
      ],
      [
        "Catatan keamanan",
        "Siapa melakukan apa di sistem ini tercatat bersama alamat internet dan nama browsernya, supaya " +
          "penyalahgunaan dapat ditelusuri.",
      ],
      [
        "Cookie",
        "Hanya yang diperlukan: tanda masuk, pilihan bahasa, dan nomor acak yang mengenali browser Anda " +
          "saat masuk. Tidak ada iklan, tidak ada pelacak, tidak ada skrip dari pihak lain.",
      ],
      [
        "E-mail",
        "E-mail kami dikirim oleh sebuah penyedia pengiriman. Kepadanya kami berikan alamat tujuan dan isi " +
          "e-mailnya.",
      ],
    ],
  },
  terms: {
    title: "Ketentuan",
    description: "Siapa yang dapat memesan, harga, pembayaran, stok, dan poin.",
    sections: [
      [
        "Siapa yang dapat memesan",
        "Mitra yang akunnya dibuka oleh kantor pusat, atau salesman atas nama mitranya. Katalog tanpa harga " +
          "terbuka bagi siapa saja.",
      ],
      [
        "Harga dan pembayaran",
        "Harga yang berlaku adalah harga di keranjang saat Anda memesan. Mitra baru melunasi sebelum barang " +
          "dikirim; mitra terverifikasi membayar dalam 14 hari, mitra prioritas dalam 30 hari.",
        "Order di atas batas kredit tetap masuk dan menunggu persetujuan kantor pusat.",
      ],
      [
        "Stok",
        "Tanda stok menunjukkan keadaan terakhir yang kami ketahui. Yang belum tersedia dapat dipesan " +
          "sebagai pre-order.",
      ],
      [
        "Salesman",
        "Anda diberi tahu setiap kali salesman memesan atas nama Anda, dan dapat menyatakan «Bukan saya». " +
          "Anda juga dapat membatasi atau mematikannya.",
      ],
    ],
  },
};
