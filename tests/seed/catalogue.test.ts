import { expect, test } from "vitest";
import { productPicture } from "#app/routes/pictures.$file/picture.ts";
import { brands, catalogue, categories, regions } from "#supabase/seed/catalogue.ts";
import { assignments, partners, withoutRegion } from "#supabase/seed/people.ts";

const products = catalogue();

test("600 articles of twelve brands in four regions, the same every time", () => {
  expect([products.length, brands.length, regions.length]).toEqual([600, 12, 4]);
  expect(new Set(products.map(({ sku }) => sku)).size).toBe(600);
  expect(new Set(products.map(({ name }) => name)).size).toBe(600);
  expect(new Set(products.map(({ categoryId }) => categoryId)).size).toBe(categories.length);
  expect(catalogue()).toEqual(products);
});

test("a better tier pays less, and many pieces cost less each", () => {
  for (const { prices } of products) {
    expect(prices.SILVER.price).toBeGreaterThan(prices.GOLD.price);
    expect(prices.GOLD.price).toBeGreaterThan(prices.PLATINUM.price);
    expect(prices.SILVER.price).toBeGreaterThanOrEqual(12_000);
    expect(prices.SILVER.price).toBeLessThanOrEqual(1_500_000);
    for (const { price, volumePrice } of Object.values(prices)) {
      expect(price % 500).toBe(0);
      if (volumePrice !== null) expect(volumePrice).toBeLessThan(price);
    }
  }
  const withVolume = products.filter(({ prices }) => prices.GOLD.volumePrice !== null).length;
  expect(withVolume).toBeGreaterThan(240);
  expect(withVolume).toBeLessThan(360);
});

test("every article has a drawing and is described in both languages", () => {
  for (const { picture, descriptionId, descriptionEn } of products) {
    expect(productPicture(picture)).toContain("<svg");
    expect(descriptionId.length).toBeGreaterThan(40);
    expect(descriptionEn.length).toBeGreaterThan(40);
  }
});

test("forty stores, each looked after, one of them outside every region", () => {
  expect(partners).toHaveLength(40);
  expect(new Set(partners.map(({ name }) => name)).size).toBe(40);
  expect(partners.filter(({ region }) => region === null)).toEqual([withoutRegion]);
  for (const partner of partners) expect(assignments.some((assignment) => assignment.partner === partner)).toBe(true);
});
