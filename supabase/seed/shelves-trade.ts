import type { Kind } from "./shelves.ts";
import type { Variant } from "./variants.ts";

const named = (...variants: Array<[name: string, id: string, en: string]>): Variant[] =>
  variants.map(([name, id, en]) => ({ name, id, en }));

const coloured = named(
  ["Hitam", "Warna hitam.", "Black."],
  ["Putih", "Warna putih.", "White."],
  ["Rose Gold", "Warna rose gold.", "Rose gold."],
);

export const toolKinds: Kind[] = [
  {
    name: "Sisir",
    unit: "pcs",
    form: 0,
    sizes: [
      ["1 pcs", 15_000],
      ["isi 12", 148_000],
    ],
    variants: named(
      ["Ekor", "Ujung runcing untuk membagi rambut.", "A pointed tail for sectioning."],
      ["Potong", "Gigi rapat untuk memotong dengan presisi.", "Fine teeth for precise cutting."],
      ["Sasak", "Gigi bertingkat untuk menyasak.", "Stepped teeth for backcombing."],
      [
        "Karbon Antipanas",
        "Karbon antistatis, tahan sampai 230 derajat.",
        "Antistatic carbon, withstands 230 degrees.",
      ],
    ),
    id: "Sisir kerja yang mudah disterilkan.",
    en: "A working comb that is easy to sterilise.",
  },
  {
    name: "Gunting Rambut",
    unit: "pcs",
    form: 1,
    sizes: [
      ["5,5 inci", 325_000],
      ["6 inci", 365_000],
      ["6,5 inci", 398_000],
    ],
    variants: named(
      ["Lurus", "Mata lurus untuk potongan bersih.", "Straight blades for a clean line."],
      ["Sasak", "Mata bergerigi untuk menipiskan.", "Toothed blades for thinning."],
      ["Kidal", "Pegangan untuk tangan kiri.", "Grip for the left hand."],
    ),
    id: "Baja tahan karat yang diasah tangan, sekrup dapat disetel.",
    en: "Hand-honed stainless steel with an adjustable screw.",
  },
  {
    name: "Sikat Blow",
    unit: "pcs",
    form: 2,
    sizes: [
      ["25 mm", 62_000],
      ["33 mm", 71_000],
      ["44 mm", 82_000],
    ],
    variants: named(
      ["Keramik", "Tabung keramik menghantar panas secara merata.", "The ceramic barrel spreads heat evenly."],
      ["Bulu Alami", "Bulu alami memberi kilau saat blow.", "Natural bristles give shine."],
    ),
    id: "Sikat bulat untuk volume dan ujung melengkung.",
    en: "Round brush for volume and curved ends.",
  },
  {
    name: "Kuas Cat Rambut",
    unit: "pcs",
    form: 0,
    sizes: [["1 pcs", 17_500]],
    variants: coloured,
    id: "Kuas bulu lembut dengan ekor sisir.",
    en: "Soft tint brush with a comb tail.",
  },
  {
    name: "Jepit Rambut",
    unit: "set",
    form: 0,
    sizes: [
      ["isi 6", 24_000],
      ["isi 12", 42_000],
    ],
    variants: coloured,
    id: "Jepit buaya untuk membagi rambut tebal.",
    en: "Crocodile clips for sectioning thick hair.",
  },
];

export const electricalKinds: Kind[] = [
  {
    name: "Hair Dryer",
    unit: "unit",
    form: 0,
    sizes: [
      ["1800 W", 545_000],
      ["2200 W", 785_000],
      ["2400 W", 1_060_000],
    ],
    variants: coloured,
    id: "Pengering salon bermotor AC dengan dua kecepatan, kabel 3 meter. Garansi satu tahun.",
    en: "Salon dryer with an AC motor, two speeds and a 3 metre cable. One year of warranty.",
  },
  {
    name: "Mesin Cukur",
    unit: "unit",
    form: 1,
    sizes: [
      ["kabel", 395_000],
      ["tanpa kabel", 695_000],
    ],
    variants: named(
      ["Fade", "Tuas setelan halus untuk skin fade.", "A fine lever for skin fades."],
      ["Trimmer", "Mata T untuk garis dan detail.", "T-blade for lines and details."],
      ["Foil", "Dua foil untuk cukuran licin.", "Twin foil for a smooth shave."],
    ),
    id: "Motor kuat dan tenang, mata pisau dapat diganti. Garansi satu tahun.",
    en: "A strong and quiet motor with replaceable blades. One year of warranty.",
  },
  {
    name: "Catok",
    unit: "unit",
    form: 0,
    sizes: [
      ["25 mm", 410_000],
      ["38 mm", 525_000],
    ],
    variants: named(
      ["Titanium", "Pelat titanium untuk smoothing.", "Titanium plates for straightening services."],
      ["Keramik", "Pelat keramik yang ramah rambut halus.", "Ceramic plates, kind to fine hair."],
      ["Keriting", "Batang pengeriting dengan ujung dingin.", "Curling barrel with a cool tip."],
    ),
    id: "Panas 120 sampai 230 derajat dengan layar digital.",
    en: "120 to 230 degrees, shown on a display.",
  },
  {
    name: "Steamer Rambut",
    unit: "unit",
    form: 0,
    sizes: [
      ["meja", 890_000],
      ["berdiri", 1_420_000],
    ],
    variants: coloured.slice(0, 2),
    id: "Uap halus untuk creambath dan masker, tangki 600 ml.",
    en: "Fine steam for scalp creams and masks, with a 600 ml tank.",
  },
];

export const beardKinds: Kind[] = [
  {
    name: "Krim Cukur",
    unit: "tube",
    form: 0,
    sizes: [
      ["100 ml", 32_000],
      ["250 ml", 58_000],
    ],
    variants: named(
      ["Menthol", "Dingin di kulit.", "Cool on the skin."],
      ["Sensitive", "Tanpa pewangi, untuk kulit sensitif.", "Unscented, for sensitive skin."],
      ["Sandalwood", "Wangi cendana yang klasik.", "A classic scent of sandalwood."],
    ),
    id: "Busa pekat yang melindungi kulit dari pisau.",
    en: "A dense lather that guards the skin from the blade.",
  },
  {
    name: "After Shave Balm",
    unit: "tube",
    form: 0,
    sizes: [
      ["100 ml", 44_000],
      ["200 ml", 73_000],
    ],
    variants: named(
      ["Cool", "Menyegarkan setelah cukuran.", "Refreshes after the shave."],
      ["Aloe Vera", "Menenangkan kulit kemerahan.", "Calms reddened skin."],
    ),
    id: "Balsem tanpa alkohol yang cepat meresap.",
    en: "Alcohol-free balm that sinks in quickly.",
  },
  {
    name: "Balsem Jenggot",
    unit: "jar",
    form: 1,
    sizes: [
      ["60 g", 66_000],
      ["100 g", 94_000],
    ],
    variants: named(
      ["Cedar", "Wangi kayu aras.", "Scent of cedar."],
      ["Citrus", "Wangi jeruk yang segar.", "A fresh scent of citrus."],
    ),
    id: "Merapikan dan melembutkan jenggot.",
    en: "Tames and softens the beard.",
  },
  {
    name: "Bedak Leher",
    unit: "jar",
    form: 1,
    sizes: [
      ["100 g", 19_000],
      ["500 g", 61_000],
    ],
    variants: named(["Talc-Free", "Tanpa talk.", "Free of talc."], ["Menthol", "Terasa dingin.", "With a cool touch."]),
    id: "Bedak halus untuk membersihkan sisa potongan.",
    en: "Fine powder for brushing off clippings.",
  },
];

const polishes = named(
  ["Nude", "Nuansa kulit yang netral.", "A neutral skin tone."],
  ["Merah Ceri", "Merah cerah.", "A bright cherry red."],
  ["Marun", "Merah tua yang elegan.", "An elegant deep red."],
  ["Dusty Pink", "Merah muda lembut.", "A soft pink."],
  ["Lilac", "Ungu muda.", "A pale purple."],
  ["Mint", "Hijau muda segar.", "A fresh pale green."],
  ["Hitam", "Hitam pekat.", "Deep black."],
  ["Putih Susu", "Putih untuk French manicure.", "White for French manicures."],
  ["Glitter Emas", "Glitter emas halus.", "Fine golden glitter."],
  ["Kopi", "Cokelat hangat.", "A warm brown."],
  ["Navy", "Biru tua.", "Dark blue."],
  ["Koral", "Jingga kemerahan.", "A reddish orange."],
);

export const nailKinds: Kind[] = [
  {
    name: "Kuteks Gel",
    unit: "botol",
    form: 0,
    sizes: [
      ["8 ml", 32_000],
      ["15 ml", 49_000],
    ],
    variants: polishes,
    id: "Kering di bawah lampu UV/LED, tahan tiga minggu.",
    en: "Cures under UV/LED light and lasts three weeks.",
  },
  {
    name: "Kuteks Breathable",
    unit: "botol",
    form: 0,
    sizes: [["10 ml", 26_000]],
    variants: polishes,
    id: "Tembus air dan udara, mudah dibersihkan.",
    en: "Lets water and air through and comes off easily.",
  },
  {
    name: "Aseton",
    unit: "botol",
    form: 0,
    sizes: [
      ["100 ml", 13_000],
      ["500 ml", 39_000],
      ["1 L", 68_000],
    ],
    variants: named(
      ["Murni", "Aseton murni untuk melepas kuteks gel.", "Pure acetone for taking off gel."],
      ["Lembut", "Dengan gliserin agar kuku tidak kering.", "With glycerine so that nails do not dry out."],
    ),
    id: "Pembersih kuteks untuk meja manikur.",
    en: "Polish remover for the manicure table.",
  },
  {
    name: "Lulur",
    unit: "jar",
    form: 0,
    sizes: [
      ["250 g", 36_000],
      ["1 kg", 98_000],
    ],
    variants: named(
      ["Kopi", "Butiran kopi halus.", "Fine grains of coffee."],
      ["Beras", "Tepung beras dan kunyit.", "Rice flour and turmeric."],
      ["Susu", "Protein susu yang melembutkan.", "Softening milk protein."],
    ),
    id: "Lulur badan dan kaki untuk layanan spa.",
    en: "Body and foot scrub for spa services.",
  },
];
