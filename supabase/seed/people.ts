import { several, type Several } from "#supabase/local/several.ts";
import type { Role, Tier } from "#app/accounts/viewer.ts";

/** The word that opens every account of the demo. */
export const demoPassword = "alfa-demo-2026";

export type Account = {
  id: string;
  code: string;
  role: Role;
  name: string;
  email: string;
  language?: "id" | "en";
};
export type Partner = {
  id: string;
  accountId: string;
  code: string;
  name: string;
  email: string;
  whatsapp: string;
  language: "id" | "en";
  tier: Tier;
  region: string | null;
  city: string;
  latitude: number;
  longitude: number;
  salonType: "BARBER" | "BRIDAL" | "UNISEX" | "OTHER";
  chairs: number;
  specialisation: string;
  creditLimit: number;
};

const accountId = (n: number) => `a0000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const partnerId = (n: number) => `b0000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

export const staff: Several<Account, 5> = [
  { id: accountId(9001), code: "ADM-001", role: "ADMIN", name: "Admin HQ", email: "admin@demo.test" },
  { id: accountId(9002), code: "AUD-001", role: "AUDITOR", name: "CIO", email: "cio@demo.test" },
  { id: accountId(9003), code: "SLS-001", role: "SALESMAN", name: "Sari", email: "sari@demo.test" },
  { id: accountId(9004), code: "SLS-002", role: "SALESMAN", name: "Agus", email: "agus@demo.test" },
  // Some things take two: an admin lifts no suspension alone.
  { id: accountId(9005), code: "ADM-002", role: "ADMIN", name: "Admin Operasional", email: "admin2@demo.test" },
];
export const [admin, auditor, sari, agus, secondAdmin] = staff;

// Kind of shop: name pattern's type and what it is known for.
const trades = {
  S: ["UNISEX", "Pewarnaan & smoothing"],
  B: ["BARBER", "Fade & cukur klasik"],
  P: ["BRIDAL", "Rias & sanggul pengantin"],
  N: ["OTHER", "Kuku & spa"],
} as const;

const places: Record<string, [region: string, latitude: number, longitude: number]> = {
  Surabaya: ["JTM", -7.2575, 112.7521],
  Malang: ["JTM", -7.9666, 112.6326],
  Sidoarjo: ["JTM", -7.4478, 112.7183],
  Kediri: ["JTM", -7.848, 112.0178],
  Gresik: ["JTM", -7.1566, 112.6555],
  Jember: ["JTM", -8.1845, 113.6681],
  "Jakarta Selatan": ["JKT", -6.2615, 106.8106],
  "Jakarta Barat": ["JKT", -6.1683, 106.7588],
  Bekasi: ["JKT", -6.2383, 106.9756],
  Depok: ["JKT", -6.4025, 106.7942],
  Tangerang: ["JKT", -6.1783, 106.6319],
  Bogor: ["JKT", -6.5971, 106.806],
  Medan: ["SMU", 3.5952, 98.6722],
  Binjai: ["SMU", 3.6001, 98.4854],
  Pematangsiantar: ["SMU", 2.9595, 99.0687],
  "Lubuk Pakam": ["SMU", 3.5517, 98.8756],
  Denpasar: ["BLI", -8.6705, 115.2126],
  Gianyar: ["BLI", -8.5443, 115.3254],
  Singaraja: ["BLI", -8.112, 115.0882],
};

type Row = [name: string, city: string, tier: Tier, trade: keyof typeof trades, chairs: number, limitMillions: number];

const rows: Row[] = [
  ["Salon Budi Surabaya", "Surabaya", "GOLD", "S", 8, 25],
  ["Barber Maya Medan", "Medan", "SILVER", "B", 4, 10],
  ["Salon Kenanga", "Surabaya", "PLATINUM", "S", 18, 90],
  ["Rumah Pengantin Melati", "Malang", "GOLD", "P", 6, 30],
  ["Barbershop Kapten", "Sidoarjo", "SILVER", "B", 3, 7],
  ["Salon Anggrek Putih", "Malang", "GOLD", "S", 9, 22],
  // Pays late: the one whose credit light is amber.
  ["Studio Rambut Cempaka", "Kediri", "GOLD", "S", 7, 15],
  ["Salon Puri Ayu", "Gresik", "SILVER", "S", 4, 9],
  ["Barber Tunas", "Jember", "SILVER", "B", 2, 8],
  ["Nail Bar Teratai", "Surabaya", "SILVER", "N", 5, 6],
  ["Salon Citra Dewi", "Surabaya", "PLATINUM", "S", 22, 150],
  ["Barbershop Pelabuhan", "Gresik", "GOLD", "B", 6, 20],
  ["Salon Mawar Merah", "Sidoarjo", "SILVER", "S", 5, 10],
  ["Galeri Pengantin Sekar", "Kediri", "GOLD", "P", 5, 18],
  ["Salon Batavia", "Jakarta Selatan", "PLATINUM", "S", 24, 120],
  ["Barber Kota Tua", "Jakarta Barat", "GOLD", "B", 8, 28],
  ["Salon Flamboyan", "Bekasi", "SILVER", "S", 6, 10],
  ["Salon Permata", "Depok", "GOLD", "S", 9, 24],
  ["Barbershop Stasiun", "Bogor", "SILVER", "B", 4, 10],
  ["Nail & Spa Lavender", "Jakarta Selatan", "GOLD", "N", 10, 32],
  ["Rumah Cantik Dahlia", "Tangerang", "SILVER", "S", 5, 8],
  ["Salon Bintang Timur", "Bekasi", "PLATINUM", "S", 15, 75],
  ["Barber Simpang Lima", "Depok", "SILVER", "B", 3, 8],
  ["Wedding House Edelweis", "Jakarta Barat", "GOLD", "P", 7, 26],
  ["Salon Gading", "Tangerang", "GOLD", "S", 10, 34],
  ["Barbershop Rel Kereta", "Bogor", "SILVER", "B", 2, 7],
  ["Salon Deli Indah", "Medan", "PLATINUM", "S", 16, 80],
  ["Barber Merdeka", "Medan", "GOLD", "B", 7, 21],
  ["Salon Toba", "Pematangsiantar", "SILVER", "S", 5, 9],
  ["Salon Bunga Raya", "Binjai", "SILVER", "S", 4, 10],
  ["Pelaminan Melayu", "Medan", "GOLD", "P", 6, 19],
  ["Barbershop Kesawan", "Medan", "SILVER", "B", 4, 10],
  ["Salon Pakam Jaya", "Lubuk Pakam", "SILVER", "S", 3, 5],
  ["Salon Segara", "Denpasar", "PLATINUM", "S", 20, 110],
  ["Spa & Nail Frangipani", "Denpasar", "GOLD", "N", 12, 38],
  ["Barber Sunset", "Denpasar", "SILVER", "B", 5, 10],
  ["Salon Tirta", "Gianyar", "GOLD", "S", 8, 27],
  ["Rias Pengantin Bali Asri", "Gianyar", "SILVER", "P", 4, 10],
  ["Salon Lovina", "Singaraja", "SILVER", "S", 3, 6],
  // Signed up, but its city belongs to no region of ours yet: it may look and not order.
  ["Salon Rinjani", "Mataram", "SILVER", "S", 4, 5],
];

/** The forty stores. The first two are of the cast; their place in the list gives the code and the ids. */
export const partners: Partner[] = rows.map(([name, city, tier, trade, chairs, millions], index) => {
  const n = index + 1;
  const code = `PTR-${String(n).padStart(4, "0")}`;
  const [region, latitude, longitude] = places[city] ?? [null, -8.5833, 116.1167];
  const [salonType, specialisation] = trades[trade];
  // A few streets apart from each other, within two kilometres of the town's middle.
  const east = (((n * 37) % 19) - 9) / 500;
  const north = (((n * 53) % 17) - 8) / 500;
  return {
    id: partnerId(n),
    accountId: accountId(n),
    code,
    name,
    tier,
    region,
    city,
    chairs,
    salonType,
    specialisation,
    email: n === 1 ? "budi@demo.test" : n === 2 ? "maya@demo.test" : `${code.toLowerCase()}@demo.test`,
    whatsapp: `62813550${String(n).padStart(5, "0")}`,
    language: n === 35 ? "en" : "id",
    latitude: Number((latitude + north).toFixed(5)),
    longitude: Number((longitude + east).toFixed(5)),
    creditLimit: millions * 1_000_000,
  };
});

export const [budi, maya] = several(2, partners.slice(0, 2));
/** Pays late, hence the amber credit light. */
export const latePayer = partners[6]!;
export const withoutRegion = partners[39]!;

/** Who looks after whom: Sari the east, Agus the north and the store without a region, both of them the capital. */
export const assignments = partners.flatMap((partner) => [
  ...(["JTM", "BLI", "JKT"].includes(partner.region ?? "") ? [{ salesman: sari, partner }] : []),
  ...(["SMU", "JKT", null].includes(partner.region) ? [{ salesman: agus, partner }] : []),
]);

export const accounts: Account[] = [
  ...staff,
  ...partners.map((partner): Account => ({
    id: partner.accountId,
    code: partner.code,
    role: "PARTNER",
    name: partner.name,
    email: partner.email,
    language: partner.language,
  })),
];
