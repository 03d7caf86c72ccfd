/** Colours of one drawing: the vessel, its shaded side, the cap, the label and what is printed on it. */
export type Paint = { body: string; shade: string; cap: string; label: string; print: string };

/** The label: a band, the brand's mark, two lines of pretended text. */
const label = (p: Paint, x: number, y: number, w: number, h: number, mark: string) => {
  const mid = x + w / 2;
  return (
    `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="4" fill="${p.label}"/>\n` +
    `<g transform="translate(${mid} ${y + h * 0.38})" fill="${p.print}">${mark}</g>\n` +
    `<rect x="${mid - w * 0.28}" y="${y + h * 0.68}" width="${w * 0.56}" height="5" rx="2.5" fill="${p.print}" ` +
    `opacity=".75"/>\n` +
    `<rect x="${mid - w * 0.18}" y="${y + h * 0.68 + 11}" width="${w * 0.36}" height="4" rx="2" fill="${p.print}" ` +
    `opacity=".4"/>`
  );
};

/** The light that makes a flat shape round: a bright strip left, shade right. */
const round = (p: Paint, x: number, y: number, w: number, h: number, r: number) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="${p.body}"/>\n` +
  `<path d="M${x + w * 0.74} ${y + 2}h${w * 0.26 - r}q${r} 0 ${r} ${r}v${h - 2 * r - 4}q0 ${r} -${r} ${r}` +
  `h-${w * 0.26 - r}z" fill="${p.shade}"/>\n` +
  `<rect x="${x + w * 0.09}" y="${y + r}" width="${w * 0.055}" height="${h - 2 * r}" rx="4" fill="#fff" ` +
  `opacity=".34"/>`;

type Shape = (p: Paint, mark: string) => string;

const pump: Shape = (p, mark) =>
  `${round(p, 142, 136, 116, 190, 22)}\n` +
  `<rect x="170" y="112" width="60" height="26" rx="6" fill="${p.cap}"/>` +
  `<rect x="193" y="84" width="14" height="30" fill="${p.cap}"/>\n` +
  `<path d="M150 72q0-8 8-8h58q8 0 8 8v14h-58q-4 0-5 6l-2 8h-9z" fill="${p.cap}"/>` +
  `${label(p, 142, 188, 116, 92, mark)}`;

const bottle: Shape = (p, mark) =>
  `<path d="M152 190q0-34 28-46v-22h40v22q28 12 28 46v116q0 20-20 20h-56q-20 0-20-20z" fill="${p.body}"/>\n` +
  `<path d="M222 146q26 12 26 44v116q0 20-20 20h-14z" fill="${p.shade}"/>` +
  `<rect x="162" y="190" width="7" height="120" rx="3.5" fill="#fff" opacity=".34"/>\n` +
  `<rect x="174" y="82" width="52" height="46" rx="7" fill="${p.cap}"/>${label(p, 152, 212, 96, 78, mark)}`;

const tube: Shape = (p, mark) =>
  `<path d="M140 78h120q6 0 5 6l-21 196h-88L135 84q-1-6 5-6z" fill="${p.body}"/>` +
  `<path d="M228 78h32q6 0 5 6l-21 196h-26z" fill="${p.shade}"/>\n` +
  `<rect x="136" y="78" width="128" height="14" rx="5" fill="${p.shade}"/>` +
  `<path d="M152 280h96v34q0 12-12 12h-72q-12 0-12-12z" fill="${p.cap}"/>\n` +
  `<path d="M150 108l12 150" stroke="#fff" stroke-width="6" stroke-linecap="round" opacity=".34"/>` +
  `${label(p, 160, 132, 80, 96, mark)}`;

const jar: Shape = (
  p,
  mark,
) => `${round(p, 104, 186, 192, 140, 26)}<rect x="98" y="142" width="204" height="54" rx="12" fill="${p.cap}"/>
<rect x="98" y="178" width="204" height="6" fill="#000" opacity=".12"/>${label(p, 104, 222, 192, 74, mark)}`;

const tin: Shape = (p, mark) =>
  `<ellipse cx="200" cy="296" rx="116" ry="30" fill="${p.shade}"/>` +
  `<path d="M84 226v70a116 30 0 0 0 232 0v-70z" fill="${p.body}"/>\n` +
  `<path d="M262 250v72a116 30 0 0 0 54-26v-70z" fill="${p.shade}"/>` +
  `<ellipse cx="200" cy="226" rx="116" ry="58" fill="${p.cap}"/>\n` +
  `<ellipse cx="200" cy="224" rx="96" ry="46" fill="${p.label}"/>` +
  `<g transform="translate(200 222) scale(1.3 .8)" fill="${p.print}">${mark}</g>`;

const dropper: Shape = (
  p,
  mark,
) => `${round(p, 150, 188, 100, 138, 16)}<rect x="176" y="156" width="48" height="34" rx="4" fill="${p.cap}"/>
<path d="M186 158v-50q0-26 14-26t14 26v50z" fill="${p.shade}"/>${label(p, 150, 218, 100, 78, mark)}`;

const spray: Shape = (p, mark) =>
  `${round(p, 150, 156, 100, 170, 18)}<rect x="178" y="124" width="44" height="34" rx="5" fill="${p.cap}"/>\n` +
  `<path d="M166 82h66q8 0 8 8v22q0 14-14 14h-40v-12h-10q-10 0-10-10z" fill="${p.cap}"/>` +
  `<rect x="154" y="92" width="14" height="10" rx="3" fill="${p.shade}"/>\n` +
  `${label(p, 150, 202, 100, 84, mark)}`;

const can: Shape = (p, mark) =>
  `<rect x="152" y="126" width="96" height="200" rx="12" fill="${p.body}"/>` +
  `<rect x="222" y="126" width="26" height="200" rx="12" fill="${p.shade}"/>\n` +
  `<path d="M156 130q4-28 24-32h40q20 4 24 32z" fill="${p.label}"/>` +
  `<rect x="176" y="66" width="48" height="34" rx="8" fill="${p.cap}"/>\n` +
  `<rect x="161" y="142" width="6" height="168" rx="3" fill="#fff" opacity=".34"/>` +
  `${label(p, 152, 186, 96, 96, mark)}`;

const carton: Shape = (p, mark) =>
  `<path d="M126 108l34-24h118l-30 24z" fill="${p.cap}"/><path d="M248 108l30-24v210l-30 32z" fill="${p.shade}"/>\n` +
  `<rect x="126" y="108" width="122" height="218" fill="${p.body}"/>` +
  `<path d="M126 108h122v64q-61 34-122 4z" fill="${p.cap}" opacity=".55"/>${label(p, 142, 196, 90, 92, mark)}`;

const pouch: Shape = (p, mark) =>
  `<path d="M118 96h164l-8 30q16 96 14 190q0 10-10 10H122q-10 0-10-10q-2-94 14-190z" fill="${p.body}"/>\n` +
  `<path d="M246 96h36l-8 30q16 96 14 190q0 10-10 10h-26q10-116-6-230z" fill="${p.shade}"/>` +
  `<rect x="116" y="88" width="168" height="20" rx="4" fill="${p.cap}"/>\n` +
  `${label(p, 142, 166, 116, 104, mark)}`;

const comb: Shape = (p) => {
  const teeth = Array.from(
    { length: 17 },
    (_, i) =>
      `<rect x="${104 + i * 9}" y="186" width="4.5" height="${88 - Math.abs(i - 8) * 1.5}" rx="2" fill="${p.body}"/>`,
  ).join("");
  return (
    `<g transform="rotate(-24 200 200)"><rect x="96" y="154" width="240" height="36" rx="16" fill="${p.body}"/>\n` +
    `<rect x="104" y="160" width="224" height="6" rx="3" fill="#fff" opacity=".3"/>` +
    `<circle cx="306" cy="172" r="7" fill="${p.label}"/>${teeth}</g>`
  );
};

const scissors: Shape = (p) =>
  `<g fill="none" stroke-linecap="round"><path d="M168 246L262 86" stroke="${p.shade}" stroke-width="15"/>` +
  `<path d="M232 246L138 86" stroke="${p.cap}" stroke-width="15"/>\n` +
  `<circle cx="150" cy="280" r="36" stroke="${p.body}" stroke-width="15"/>` +
  `<circle cx="250" cy="280" r="36" stroke="${p.body}" stroke-width="15"/></g>` +
  `<circle cx="200" cy="192" r="8" fill="${p.label}"/>`;

const brush: Shape = (p) => {
  const bristles = Array.from(
    { length: 28 },
    (_, i) => `<circle cx="${164 + (i % 4) * 24}" cy="${96 + Math.floor(i / 4) * 19}" r="4" fill="${p.label}"/>`,
  ).join("");
  return (
    `<g transform="rotate(18 200 200)"><rect x="186" y="226" width="28" height="116" rx="14" fill="${p.cap}"/>` +
    `<rect x="138" y="70" width="124" height="170" rx="58" fill="${p.body}"/>\n` +
    `<rect x="152" y="84" width="96" height="142" rx="46" fill="${p.shade}"/>${bristles}</g>`
  );
};

const clipper: Shape = (p, mark) =>
  `<path d="M152 128h96l8 42q-4 80-22 144q-3 12-14 12h-40q-11 0-14-12q-18-64-22-144z" fill="${p.body}"/>` +
  `<path d="M222 128h26l8 42q-4 80-22 144q-3 12-14 12h-6z" fill="${p.shade}"/>\n` +
  `<path d="M146 128l6-34h96l6 34z" fill="${p.cap}"/>` +
  `<path d="M152 94V78h8v8h8v-8h8v8h8v-8h8v8h8v-8h8v8h8v-8h8v8h8v-8h8v8h8v-8h8v16z" fill="${p.label}"/>\n` +
  `<rect x="190" y="176" width="20" height="44" rx="10" fill="${p.cap}"/>` +
  `<g transform="translate(200 266) scale(.9)" fill="${p.label}">${mark}</g>`;

const dryer: Shape = (p, mark) =>
  `<path d="M176 214h56l14 104q1 10-9 10h-38q-9 0-11-9z" fill="${p.shade}"/>` +
  `<path d="M112 122h134q54 0 54 52t-54 52H112q-8 0-8-8v-88q0-8 8-8z" fill="${p.body}"/>\n` +
  `<path d="M104 134L72 122v104l32-12z" fill="${p.cap}"/><circle cx="248" cy="174" r="34" fill="${p.label}"/>` +
  `<g transform="translate(248 174)" fill="${p.print}">${mark}</g>`;

const cloth: Shape = (p, mark) =>
  `<path d="M200 92q-40 0-46 22q-66 78-74 204q60 16 120 8q60 8 120-8q-8-126-74-204q-6-22-46-22z" ` +
  `fill="${p.body}"/><path d="M246 114q66 78 74 204q-40 12-80 9q26-110 6-213z" fill="${p.shade}"/>\n` +
  `<path d="M154 114q46 32 92 0q-6-22-46-22t-46 22z" fill="${p.cap}"/>` +
  `<g transform="translate(200 226) scale(1.3)" fill="${p.label}">${mark}</g>`;

// A shelf's slug, in either language, tells the form; the first word that fits wins.
const byWord: Array<[RegExp, Shape[]]> = [
  [/scissor|gunting/, [scissors]],
  [/clipper|trimmer|cukur|barber/, [clipper, scissors]],
  [/electr|elektr|listrik|dryer|iron|catok/, [dryer, clipper]],
  [/brush|sisir|comb/, [brush, comb]],
  [/tool|alat|access|aksesor/, [comb, scissors, brush]],
  [/cape|towel|handuk|kain|textile|perlengkapan/, [cloth]],
  [/bleach|powder|bubuk/, [pouch]],
  [/color|colour|warna|cat/, [carton, tube]],
  [/developer|peroxide|oksidan/, [bottle]],
  [/perm|rebond|smooth|keratin|keriting|lurus/, [bottle, carton]],
  [/shampoo|sampo|wash/, [pump, bottle]],
  [/condition|kondisioner/, [tube, pump]],
  [/mask|masker|creambath|treatment/, [jar, tube]],
  [/serum|oil|vitamin|minyak/, [dropper, bottle]],
  [/tonic|tonik|spray|mist|scalp/, [spray, can]],
  [/pomade|wax|clay|styling|gaya/, [tin, can, jar]],
  [/nail|kuku/, [dropper, bottle, jar]],
  [/skin|facial|wajah|beard|jenggot/, [tube, jar]],
];

/** The form for a shelf; a shelf that no word tells gets one that stays the same. */
export function shapeOf(category: string, variant: number): Shape {
  const known = byWord.find(([word]) => word.test(category))?.[1] ?? [bottle, pump, tube, jar, spray];
  return known[variant % known.length]!;
}
