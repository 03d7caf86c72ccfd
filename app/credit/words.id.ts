import type { Credit } from "./credit.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("id");

/** The light of an order, and the figures that it was decided by. */
export const credit = {
  lights: { GREEN: "Kredit cukup", AMBER: "Perlu persetujuan" } satisfies Record<Credit["light"], string>,
  decided: { APPROVED: "Kredit disetujui", REJECTED: "Kredit ditolak" },
  basis: {
    title: "Dasar keputusan kredit",
    reasons: {
      WITHIN_LIMIT: "Sisa kredit cukup untuk order ini.",
      OVER_LIMIT: "Order ini melebihi sisa kredit.",
      OLD_DATA: "Data kredit ERP lebih tua dari 1 jam, jadi order ini perlu persetujuan.",
      NO_DATA: "ERP belum pernah melaporkan tagihan toko ini, jadi order ini perlu persetujuan.",
      BYPASS: "Batas kredit tidak dibandingkan karena CREDIT_CHECK_BYPASS aktif, jadi order ini perlu persetujuan.",
    } satisfies Record<Credit["reason"], string>,
    by: "Diputuskan oleh",
    limit: "Batas kredit",
    ourExposure: "Tagihan menurut catatan kami",
    erpExposure: "Tagihan menurut ERP",
    erpUnknown: "Tidak diketahui",
    room: "Sisa: batas dikurangi tagihan yang lebih besar",
    total: "Order ini",
    over: "Melebihi sisa sebesar",
    creditAsOf: "Data kredit ERP per",
  },
  invoices: {
    title: "Faktur belum lunas",
    none: "Tidak ada faktur yang belum lunas.",
    number: "Faktur",
    due: "Jatuh tempo",
    overdue: (days: number) => say`Lewat ${days} hari`,
    left: "Sisa tagihan",
  },
};
