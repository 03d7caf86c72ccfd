import { careLines, developers, lighteners, shades, type Variant } from "./variants.ts";
import { beardKinds, electricalKinds, nailKinds, toolKinds } from "./shelves-trade.ts";

/** A kind of article: every variant in every size is an article that a brand may carry. */
export type Kind = {
  name: string;
  unit: string;
  /** Which of the shelf's drawings fits (app/routes/pictures.$file/picture-shapes.ts). */
  form: number;
  /** Contents, and the usual market price in rupiah. */
  sizes: Array<[label: string, price: number]>;
  variants: Variant[];
  id: string;
  en: string;
};

export type Shelf = { slug: string; id: string; en: string; kinds: Kind[] };

const plain = (...names: string[]) => careLines.filter(({ name }) => names.includes(name));

export const shelves: Shelf[] = [
  {
    slug: "shampoo",
    id: "Shampoo",
    en: "Shampoo",
    kinds: [
      {
        name: "Shampoo",
        unit: "botol",
        form: 0,
        variants: careLines,
        sizes: [
          ["250 ml", 38_000],
          ["500 ml", 64_000],
          ["1 L", 98_000],
          ["4 L", 315_000],
        ],
        id: "Shampoo salon dengan busa halus, mudah dibilas, untuk pencucian sebelum setiap layanan.",
        en: "Salon shampoo with a fine lather that rinses out easily, for the wash before every service.",
      },
    ],
  },
  {
    slug: "conditioner",
    id: "Kondisioner",
    en: "Conditioner",
    kinds: [
      {
        name: "Kondisioner",
        unit: "botol",
        form: 1,
        variants: careLines,
        sizes: [
          ["500 ml", 69_000],
          ["1 L", 108_000],
        ],
        id: "Kondisioner yang melembutkan dan memudahkan penyisiran tanpa membuat rambut lepek.",
        en: "Conditioner that softens and detangles without weighing hair down.",
      },
      {
        name: "Leave-In Cream",
        unit: "tube",
        form: 0,
        variants: plain("Keratin", "Argan Oil", "Color Protect", "Moisture"),
        sizes: [["150 ml", 72_000]],
        id: "Krim tanpa bilas, dipakai setelah keramas pada batang hingga ujung rambut.",
        en: "Leave-in cream, used after the wash from mid-lengths to ends.",
      },
    ],
  },
  {
    slug: "hair-colour",
    id: "Pewarna Rambut",
    en: "Hair colour",
    kinds: [
      {
        name: "Pewarna Rambut",
        unit: "tube",
        form: 0,
        variants: shades,
        sizes: [
          ["60 ml", 36_000],
          ["100 ml", 54_000],
        ],
        id: "Krim pewarna permanen, dicampur 1 : 1,5 dengan developer. Lakukan uji kulit 48 jam sebelum pemakaian.",
        en: "Permanent cream colour, mixed 1 : 1.5 with developer. Do a skin test 48 hours before use.",
      },
    ],
  },
  {
    slug: "developer",
    id: "Developer",
    en: "Developer",
    kinds: [
      {
        name: "Developer",
        unit: "botol",
        form: 0,
        variants: developers,
        sizes: [
          ["150 ml", 18_000],
          ["1 L", 62_000],
          ["4 L", 198_000],
        ],
        id: "Krim oksidan stabil untuk semua pewarna dan bubuk bleaching.",
        en: "Stable cream oxidant for every colour and bleaching powder.",
      },
    ],
  },
  {
    slug: "bleach",
    id: "Bleaching",
    en: "Bleach",
    kinds: [
      {
        name: "Bubuk Bleaching",
        unit: "pouch",
        form: 0,
        variants: lighteners,
        sizes: [
          ["50 g", 21_000],
          ["500 g", 142_000],
        ],
        id: "Bubuk pemucat untuk balayage, highlight dan pengangkatan warna penuh.",
        en: "Lightening powder for balayage, highlights and full lifts.",
      },
    ],
  },
  {
    slug: "styling",
    id: "Penataan Rambut",
    en: "Styling",
    kinds: [
      {
        name: "Pomade",
        unit: "kaleng",
        form: 0,
        sizes: [
          ["75 g", 58_000],
          ["100 g", 74_000],
        ],
        variants: [
          { name: "Water Based", id: "Larut air, mudah dibersihkan.", en: "Water based and easy to wash out." },
          {
            name: "Oil Based",
            id: "Berbasis minyak, tahan keringat seharian.",
            en: "Oil based, holds through a hot day.",
          },
          { name: "Matte", id: "Hasil akhir alami tanpa kilap.", en: "A natural finish without shine." },
          {
            name: "Strong Hold",
            id: "Daya pegang kuat untuk pompadour dan slick back.",
            en: "A strong hold for pompadour and slick back.",
          },
        ],
        id: "Pomade untuk layanan barber dan penjualan di meja kasir.",
        en: "Pomade for the chair and for the counter.",
      },
      {
        name: "Hair Spray",
        unit: "kaleng",
        form: 1,
        sizes: [
          ["220 ml", 47_000],
          ["400 ml", 68_000],
        ],
        variants: [
          {
            name: "Normal Hold",
            id: "Menahan tatanan, tetap bisa disisir ulang.",
            en: "Holds the style and can still be brushed.",
          },
          {
            name: "Extra Hold",
            id: "Menahan sanggul dan tata rambut pengantin sepanjang acara.",
            en: "Keeps buns and bridal styles all day long.",
          },
          { name: "Shine", id: "Memberi kilau tanpa rasa lengket.", en: "Adds shine without stickiness." },
        ],
        id: "Semprotan kabut halus, kering cepat.",
        en: "A fine mist that dries quickly.",
      },
      {
        name: "Gel Rambut",
        unit: "jar",
        form: 2,
        sizes: [
          ["250 g", 29_000],
          ["500 g", 46_000],
          ["1 kg", 79_000],
        ],
        variants: [
          { name: "Wet Look", id: "Tampilan basah yang tahan lama.", en: "A wet look that lasts." },
          {
            name: "Aloe Vera",
            id: "Dengan lidah buaya, tidak meninggalkan serpihan.",
            en: "With aloe vera, leaves no flakes.",
          },
        ],
        id: "Gel bening untuk penataan sehari-hari.",
        en: "Clear gel for everyday styling.",
      },
    ],
  },
  {
    slug: "treatment",
    id: "Perawatan Rambut",
    en: "Treatment",
    kinds: [
      {
        name: "Masker Rambut",
        unit: "jar",
        form: 0,
        variants: careLines,
        sizes: [
          ["500 g", 98_000],
          ["1 kg", 164_000],
        ],
        id: "Masker intensif, didiamkan 10 sampai 15 menit di bawah steamer.",
        en: "Intensive mask, left on for 10 to 15 minutes under the steamer.",
      },
      {
        name: "Creambath",
        unit: "jar",
        form: 0,
        sizes: [
          ["500 g", 54_000],
          ["1 kg", 89_000],
          ["5 kg", 365_000],
        ],
        variants: plain("Ginseng", "Aloe Vera", "Argan Oil", "Kemiri", "Mint Dingin"),
        id: "Krim pijat kulit kepala, tekstur lembut yang tidak cepat kering selama pemijatan.",
        en: "Scalp massage cream with a soft texture that stays workable throughout the massage.",
      },
      {
        name: "Hair Spa",
        unit: "tube",
        form: 1,
        variants: plain("Keratin", "Moisture", "Color Protect"),
        sizes: [["250 ml", 76_000]],
        id: "Perawatan spa untuk rambut kering dan rusak.",
        en: "A spa treatment for dry and damaged hair.",
      },
    ],
  },
  {
    slug: "hair-serum",
    id: "Serum & Vitamin Rambut",
    en: "Hair serum & vitamins",
    kinds: [
      {
        name: "Serum Rambut",
        unit: "botol",
        form: 0,
        variants: careLines,
        sizes: [
          ["30 ml", 49_000],
          ["60 ml", 84_000],
        ],
        id: "Serum ringan, beberapa tetes cukup untuk satu kepala.",
        en: "A light serum; a few drops do for one head.",
      },
      {
        name: "Vitamin Rambut",
        unit: "botol",
        form: 1,
        sizes: [["100 ml", 42_000]],
        variants: plain("Keratin", "Argan Oil", "Kemiri", "Ginseng"),
        id: "Vitamin setelah blow, menjinakkan rambut mengembang.",
        en: "Used after the blow-dry, tames frizz.",
      },
    ],
  },
  {
    slug: "smoothing",
    id: "Pelurus & Keriting",
    en: "Straightening & perm",
    kinds: [
      {
        name: "Smoothing Cream",
        unit: "set",
        form: 1,
        sizes: [
          ["2 x 100 ml", 86_000],
          ["2 x 500 ml", 248_000],
          ["2 x 1 L", 429_000],
        ],
        variants: [
          { name: "Normal", id: "Untuk rambut yang belum pernah diproses.", en: "For virgin hair." },
          { name: "Resistant", id: "Untuk rambut tebal dan kaku.", en: "For thick and resistant hair." },
          { name: "Sensitized", id: "Untuk rambut yang pernah diwarnai.", en: "For coloured hair." },
        ],
        id: "Set pelurus dua langkah: krim dan penetral.",
        en: "Two-step straightening set: cream and neutraliser.",
      },
      {
        name: "Obat Keriting",
        unit: "botol",
        form: 0,
        sizes: [
          ["120 ml", 34_000],
          ["500 ml", 97_000],
        ],
        variants: [
          { name: "Soft Wave", id: "Gelombang lembut yang alami.", en: "A soft and natural wave." },
          { name: "Firm Curl", id: "Ikal rapat yang tahan lama.", en: "Tight curls that last." },
          { name: "Neutralizer", id: "Penetral, mengunci bentuk ikal.", en: "The neutraliser, which locks the curl." },
        ],
        id: "Cairan keriting untuk layanan perm dingin.",
        en: "Lotion for cold perm services.",
      },
      {
        name: "Keratin Pelurus",
        unit: "botol",
        form: 0,
        sizes: [
          ["500 ml", 689_000],
          ["1 L", 1_190_000],
        ],
        variants: [
          {
            name: "Brasil",
            id: "Tanpa penetral, hasil sampai tiga bulan.",
            en: "Needs no neutraliser, lasts up to three months.",
          },
        ],
        id: "Perawatan pelurus berbasis keratin untuk layanan premium.",
        en: "Keratin straightening for premium services.",
      },
    ],
  },
  { slug: "tools", id: "Alat Salon", en: "Salon tools", kinds: toolKinds },
  { slug: "electrical", id: "Alat Listrik", en: "Electrical", kinds: electricalKinds },
  { slug: "beard-care", id: "Perawatan Barber", en: "Barber care", kinds: beardKinds },
  { slug: "nail-care", id: "Kuku & Spa", en: "Nails & spa", kinds: nailKinds },
];
