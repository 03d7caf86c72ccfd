import type { Tier } from "#app/accounts/viewer.ts";
import { Chance } from "./random.ts";
import { type Kind, shelves } from "./shelves.ts";
import type { Variant } from "./variants.ts";

export type Price = { price: number; volumeMinimum: number | null; volumePrice: number | null };
export type Product = {
  /** Its place from 1; also its id in the seeded database. */
  id: number;
  sku: string;
  brandId: number;
  categoryId: number;
  name: string;
  descriptionId: string;
  descriptionEn: string;
  unit: string;
  picture: string;
  prices: Record<Tier, Price>;
};

export const regions = [
  { code: "JTM", name: "Jawa Timur" },
  { code: "JKT", name: "Jabodetabek" },
  { code: "SMU", name: "Sumatera Utara" },
  { code: "BLI", name: "Bali" },
];

export const subDistributors = [
  { id: 1, region_code: "JTM", name: "CV Arek Tirta Kosmetika", whatsapp: "6281230010001" },
  { id: 2, region_code: "JKT", name: "PT Muara Niaga Rupawan", whatsapp: "6281230010002" },
  { id: 3, region_code: "SMU", name: "UD Deli Cantik Abadi", whatsapp: "6281230010003" },
  { id: 4, region_code: "BLI", name: "CV Segara Ayu Lestari", whatsapp: "6281230010004" },
];

/** Invented brands: how dear against the usual price, and how many articles on which shelves; fifty each. */
export const brands: Array<{ name: string; level: number; range: Record<string, number> }> = [
  { name: "Lestavia", level: 1, range: { shampoo: 14, conditioner: 8, treatment: 12, "hair-serum": 8, smoothing: 8 } },
  { name: "Nirvelle", level: 1.32, range: { "hair-colour": 24, developer: 8, bleach: 6, shampoo: 8, treatment: 4 } },
  { name: "Orsanti", level: 1.18, range: { shampoo: 14, conditioner: 10, treatment: 12, "hair-serum": 14 } },
  { name: "Rambelia", level: 0.82, range: { shampoo: 12, treatment: 12, "hair-colour": 16, styling: 10 } },
  { name: "Kromativa", level: 1.08, range: { "hair-colour": 30, developer: 10, bleach: 8, tools: 2 } },
  { name: "Halimara", level: 0.9, range: { treatment: 20, shampoo: 12, "hair-serum": 10, conditioner: 8 } },
  { name: "Velunza", level: 1.12, range: { smoothing: 14, styling: 12, treatment: 12, shampoo: 12 } },
  { name: "Bravonto", level: 1.05, range: { styling: 16, "beard-care": 18, shampoo: 8, tools: 8 } },
  { name: "Kukelia", level: 0.95, range: { "nail-care": 44, tools: 6 } },
  { name: "Tresoluna", level: 1, range: { "hair-colour": 18, smoothing: 10, styling: 12, bleach: 4, developer: 6 } },
  {
    name: "Dayanica",
    level: 0.86,
    range: { "hair-serum": 12, shampoo: 14, conditioner: 10, "beard-care": 8, styling: 6 },
  },
  { name: "Perkasio", level: 1.04, range: { tools: 28, electrical: 22 } },
];

export const categories = shelves.map(({ slug, id, en }) => ({ slug, name_id: id, name_en: en }));

/** The 600 articles, always the same, with SKUs ALF-0001 to ALF-0600. */
export function catalogue(): Product[] {
  const chance = new Chance(20_261);
  return brands
    .flatMap((brand, place) =>
      Object.entries(brand.range).flatMap(([slug, count]) => {
        const categoryId = shelves.findIndex((shelf) => shelf.slug === slug) + 1;
        return spread(combinations(shelves[categoryId - 1]!.kinds), count, place).map((article) => ({
          article,
          brand,
          brandId: place + 1,
          categoryId,
          slug,
        }));
      }),
    )
    .map(({ article: { kind, variant, size, market }, brand, brandId, categoryId, slug }, index) => ({
      id: index + 1,
      sku: `ALF-${String(index + 1).padStart(4, "0")}`,
      brandId,
      categoryId,
      name: `${kind.name} ${variant.name} ${brand.name} ${size}`,
      descriptionId: `${variant.id} ${kind.id} Kemasan: ${kind.unit}, ${size}.`,
      descriptionEn: `${variant.en} ${kind.en} Size: ${inEnglish(size)}.`,
      unit: kind.unit,
      // The form follows the kind, the colouring the variant, so that one line of a brand looks like one line.
      picture: `${slug}-${brandId}-${kind.form * 4 + (kind.variants.indexOf(variant) % 4)}`,
      prices: pricesFor(market * brand.level, chance),
    }));
}

type Article = { kind: Kind; variant: Variant; size: string; market: number };

const combinations = (kinds: Kind[]): Article[] =>
  kinds.flatMap((kind) =>
    kind.variants.flatMap((variant) => kind.sizes.map(([size, market]) => ({ kind, variant, size, market }))),
  );

/** So many of them, evenly over all, each brand beginning elsewhere. */
function spread(articles: Article[], count: number, offset: number): Article[] {
  if (count > articles.length) throw new Error(`${count} articles wanted of ${articles.length}`);
  return Array.from(
    { length: count },
    (_, i) => articles[(Math.floor((i * articles.length) / count) + offset) % articles.length]!,
  );
}

const inEnglish = (size: string) =>
  size
    .replace("isi ", "pack of ")
    .replace("inci", "inch")
    .replace(/(\d),(\d)/, "$1.$2")
    .replace(/^1 pcs$/, "1 piece")
    .replace("tanpa kabel", "cordless")
    .replace("kabel", "corded")
    .replace("meja", "tabletop")
    .replace("berdiri", "floor-standing");

/** Money as it stands on a price list: whole 500 up to a hundred thousand, whole 1,000 above. */
const listed = (amount: number) => {
  const step = amount < 100_000 ? 500 : 1_000;
  return Math.round(amount / step) * step;
};

function pricesFor(market: number, chance: Chance): Record<Tier, Price> {
  const silver = listed(Math.min(1_500_000, Math.max(12_000, market * chance.between(0.95, 1.08))));
  const volume = chance.is(0.5)
    ? { minimum: silver < 60_000 ? 24 : silver < 200_000 ? 12 : 6, off: chance.between(0.05, 0.08) }
    : null;
  const price = (off: number): Price => {
    const each = listed(silver * (1 - off));
    return {
      price: each,
      volumeMinimum: volume?.minimum ?? null,
      volumePrice: volume && listed(each * (1 - volume.off)),
    };
  };
  return { SILVER: price(0), GOLD: price(chance.between(0.08, 0.12)), PLATINUM: price(chance.between(0.14, 0.18)) };
}
