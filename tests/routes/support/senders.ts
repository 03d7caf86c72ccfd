import type { Audience } from "#app/http/page.server.ts";
import { people } from "#tests/support/cast.ts";

/** Who sends forms, in turn. */
export const personas = ["guest", "budi", "sari", "agus acting", "admin", "auditor"] as const;
export type Persona = (typeof personas)[number];

/** Who is let in by each audience. */
export const admitted: Record<Audience, Persona[]> = {
  anyone: [...personas],
  "signed-in": personas.slice(1),
  store: ["budi", "sari", "agus acting"],
  owner: ["budi"],
  salesman: ["sari", "agus acting"],
  staff: ["admin", "auditor"],
  admin: ["admin"],
  auditor: ["auditor"],
};

/** Whom an audience does not admit; a guest is asked to sign in instead. */
export const wrong = (audience: Audience) =>
  personas.filter((who) => who !== "guest" && !admitted[audience].includes(who));

/** Their accounts. */
export const idOf: Record<Persona, string | null> = {
  guest: null,
  budi: people.budi,
  sari: people.sari,
  "agus acting": people.agus,
  admin: people.admin,
  auditor: people.auditor,
};

/** For whom a page of theirs would say that it was shown. */
export const shownFor: Record<Persona, string> = {
  guest: "",
  budi: "PTR-0001|PTR-0001||Salon Budi Surabaya|Salon Budi Surabaya",
  sari: "SLS-001|||Sari|",
  "agus acting": "",
  admin: "ADM-001|||Admin HQ|",
  auditor: "AUD-001|||Auditor|",
};

/** An address with a number that exists, and one that does not. Optional parts are filled. */
export function filled(path: string, values: Record<string, string>) {
  const code =
    path.includes("/cases/") || path.includes("/reviews/")
      ? "SLS-001"
      : path.includes("/accounts/")
        ? "PTR-0010"
        : "PTR-0001";
  return path
    .replace(/:(\w+)\??/g, (_, name: string) => values[name] ?? (name === "code" ? (values.nobody ?? code) : "x"))
    .replaceAll("?", "");
}

/** Parts of addresses that name nothing. */
export const nobody = {
  nobody: "PTR-9999",
  number: "ORD-2026-999999",
  sku: "ALF-9999",
  feed: "none",
  key: "none",
  id: "999999",
  month: "1999-01",
  ref: "INC-1999-999999",
  token: "a.b.c",
  step: "none",
  act: "none",
};

/** What is right in the fields of some form of ours. */
export const plausible: Record<string, string> = {
  quantity: "2",
  sku: "ALF-0001",
  note: "Sudah ditelepon, setuju",
  reason: "Pemeriksaan bulanan rutin",
  status: "PROCESSING",
  outcome: "APPROVED",
  decision: "RELEASE",
  resolution: "ACCEPT",
  value: "100000",
  allowed: "yes",
  total: "1",
  items: "[]",
  text: "Halo",
  attended: "Budi",
  notes: "Stok dibahas",
  points: "x",
  week: "2026-11-23",
  seen: "1",
  from: "2026-11-01",
  to: "2026-11-02",
};
