import { shapeOf, type Paint } from "./picture-shapes.ts";

/**
 * The drawing of a product as an SVG document. The slug is `category-brand-variant`, e.g. `shampoo-3-17`:
 * the shelf gives the form, the brand its colours and mark, the variant what differs within the brand.
 * Null for a slug of another form. The same slug always gives the same bytes, so it may be cached for ever.
 */
export function productPicture(slug: string): string | null {
  const match = /^([a-z][a-z0-9-]{0,60}?)-(\d{1,3})-(\d{1,5})$/.exec(slug);
  if (!match) return null;
  const [, category = "", brand, variant] = match;
  return draw(category, Number(brand), Number(variant));
}

// Ground, strong, deep, light: twelve brands that sit well beside each other and beside the plum of the house.
const palettes = [
  ["#f3e6ec", "#a4527f", "#6d2b57", "#fbf3f7"],
  ["#e6efe9", "#5f8f76", "#2f5a46", "#f4faf6"],
  ["#f6ecdd", "#cf9a4e", "#8a5a1c", "#fdf8ef"],
  ["#e5ecf2", "#6288a8", "#2f4f6b", "#f3f7fa"],
  ["#f5e5df", "#c9775b", "#8a4029", "#fcf3ef"],
  ["#ece8f4", "#8575b5", "#4b3d7c", "#f6f3fb"],
  ["#e4efef", "#4f9598", "#1f5c60", "#f1f9f9"],
  ["#f4ead9", "#3b3236", "#1d1a20", "#e9d3a7"],
  ["#f7e6e8", "#d07f8d", "#973f52", "#fdf4f5"],
  ["#edefdf", "#98a356", "#586224", "#f8faee"],
  ["#efe9e4", "#a58a76", "#65503f", "#faf6f2"],
  ["#e6e9ee", "#59657a", "#2b3546", "#f1f3f7"],
] as const;

const marks = [
  '<circle r="13"/>',
  '<path d="M0-16Q14 0 0 16Q-14 0 0-16z"/>',
  '<path d="M0-15L14 11H-14z"/>',
  '<path d="M-13-13h26v26h-26z" transform="rotate(45) scale(.8)"/>',
  '<path d="M-15 6a15 15 0 0 1 30 0z"/>',
  '<path d="M-4-15h8v11h11v8H4v11h-8V4h-11v-8h11z"/>',
  '<path d="M-14 9Q-7-13 0 1Q7-13 14 9z"/>',
  '<circle r="14"/><circle r="6" fill="#fff" opacity=".55"/>',
];

function draw(category: string, brand: number, variant: number): string {
  const [ground, strong, deep, light] = palettes[brand % palettes.length]!;
  const paint = paints(strong, deep, light)[variant % 4]!;
  const shape = shapeOf(category, Math.floor(variant / 4));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">` +
    `<rect width="400" height="400" fill="${ground}"/>\n` +
    `<path d="M0 300Q200 268 400 300V400H0z" fill="${strong}" opacity=".13"/>` +
    `<ellipse cx="200" cy="330" rx="112" ry="11" fill="${deep}" opacity=".2"/>\n` +
    `${shape(paint, marks[brand % marks.length]!)}</svg>`
  );
}

function paints(strong: string, deep: string, light: string): Paint[] {
  return [
    { body: strong, shade: deep, cap: deep, label: light, print: deep },
    { body: light, shade: mix(light, strong, 0.28), cap: deep, label: strong, print: light },
    { body: deep, shade: mix(deep, "#000000", 0.35), cap: strong, label: light, print: deep },
    { body: strong, shade: deep, cap: light, label: light, print: strong },
  ];
}

/** Two colours `#rrggbb` in proportion; 0 gives the first, 1 the second. */
function mix(from: string, to: string, share: number): string {
  const channel = (at: number) => {
    const [a, b] = [parseInt(from.slice(at, at + 2), 16), parseInt(to.slice(at, at + 2), 16)];
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
