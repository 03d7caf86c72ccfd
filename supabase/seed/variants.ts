/** What sets an article of a kind apart, with one sentence about it in each language. */
export type Variant = { name: string; id: string; en: string };

export const careLines: Variant[] = [
  {
    name: "Keratin",
    id: "Keratin terhidrolisis mengisi batang rambut yang rusak oleh proses kimia.",
    en: "Hydrolysed keratin fills hair damaged by chemical services.",
  },
  {
    name: "Argan Oil",
    id: "Minyak argan memberi kilau dan kelembutan pada rambut kering.",
    en: "Argan oil brings shine and softness to dry hair.",
  },
  {
    name: "Anti-Ketombe",
    id: "Zinc pyrithione mengendalikan ketombe dan rasa gatal.",
    en: "Zinc pyrithione keeps dandruff and itching under control.",
  },
  {
    name: "Color Protect",
    id: "pH rendah menjaga warna tetap hidup lebih lama.",
    en: "A low pH keeps colour vivid for longer.",
  },
  {
    name: "Aloe Vera",
    id: "Lidah buaya menenangkan kulit kepala yang sensitif.",
    en: "Aloe vera calms a sensitive scalp.",
  },
  {
    name: "Ginseng",
    id: "Ekstrak ginseng membantu menguatkan akar rambut yang mudah rontok.",
    en: "Ginseng extract helps to strengthen roots that shed easily.",
  },
  {
    name: "Kemiri",
    id: "Minyak kemiri membuat rambut tampak lebih hitam dan tebal.",
    en: "Candlenut oil makes hair look darker and fuller.",
  },
  {
    name: "Mint Dingin",
    id: "Mentol memberi sensasi dingin yang disukai pelanggan barber.",
    en: "Menthol gives the cool feeling that barber customers like.",
  },
  { name: "Moisture", id: "Panthenol dan gliserin mengikat kelembapan.", en: "Panthenol and glycerine bind moisture." },
  {
    name: "Purple",
    id: "Pigmen ungu menetralkan warna kuning pada rambut bleaching.",
    en: "Violet pigment neutralises yellow in bleached hair.",
  },
];

const shade = (number: string, id: string, en: string): Variant => ({
  name: `${number} ${id}`,
  id: `Nuansa ${number}, ${id.toLowerCase()}, menutup uban secara merata.`,
  en: `Shade ${number}, ${en}, with even cover of grey hair.`,
});

export const shades: Variant[] = [
  shade("1.0", "Hitam", "black"),
  shade("3.0", "Cokelat Gelap", "dark brown"),
  shade("4.0", "Cokelat", "brown"),
  shade("4.66", "Merah Anggur", "intense burgundy"),
  shade("5.0", "Cokelat Terang", "light brown"),
  shade("5.35", "Cokelat Keemasan", "golden mahogany brown"),
  shade("6.0", "Pirang Gelap", "dark blonde"),
  shade("6.1", "Pirang Abu Gelap", "dark ash blonde"),
  shade("6.45", "Tembaga", "copper mahogany"),
  shade("7.0", "Pirang", "blonde"),
  shade("7.1", "Pirang Abu", "ash blonde"),
  shade("7.43", "Tembaga Keemasan", "golden copper"),
  shade("8.0", "Pirang Terang", "light blonde"),
  shade("8.2", "Mutiara", "pearl blonde"),
  shade("9.1", "Pirang Abu Terang", "very light ash blonde"),
  shade("10.0", "Platina", "platinum blonde"),
];

export const developers: Variant[] = [
  { name: "10 Vol 3 %", id: "Untuk menggelapkan dan menyegarkan warna.", en: "For darkening and refreshing colour." },
  {
    name: "20 Vol 6 %",
    id: "Untuk menutup uban dan naik satu sampai dua tingkat.",
    en: "For grey cover and one to two levels of lift.",
  },
  { name: "30 Vol 9 %", id: "Untuk naik dua sampai tiga tingkat.", en: "For two to three levels of lift." },
  {
    name: "40 Vol 12 %",
    id: "Untuk pengangkatan warna yang kuat, khusus tenaga ahli.",
    en: "For a strong lift, professionals only.",
  },
];

export const lighteners: Variant[] = [
  { name: "Biru", id: "Bubuk biru mengangkat sampai tujuh tingkat.", en: "Blue powder, lifts up to seven levels." },
  {
    name: "Putih",
    id: "Bubuk putih yang lembut untuk kulit kepala sensitif.",
    en: "White powder, gentle on a sensitive scalp.",
  },
  {
    name: "Ungu",
    id: "Bubuk ungu mengangkat sekaligus menetralkan kuning.",
    en: "Violet powder, lifts and neutralises yellow at once.",
  },
  {
    name: "Tanpa Debu",
    id: "Formula tanpa debu, nyaman di ruang tertutup.",
    en: "Dust-free, pleasant to use indoors.",
  },
];
