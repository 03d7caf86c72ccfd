import type { DatabaseRefusal } from "#app/db/errors.server.ts";
import type { Lang, Messages } from "#app/words.ts";
import type { FormError } from "#app/ui/form.tsx";
import { formatRupiah } from "#app/ui/format.ts";

/** Why a decision was refused, in staff's words; null where it has none of its own. */
export function refused(
  { reason, detail }: Pick<DatabaseRefusal, "reason" | "detail">,
  resolution: string | undefined,
  { refused: t }: Messages["reconcile"],
  lang: Lang,
): FormError | null {
  switch (reason) {
    case "ERP_NUMBER":
      return resolution === "ACCEPT" ? { field: "document", message: t.pick } : null;
    case "STALE":
      return { message: t.stale };
    case "ON_ITS_WAY":
      return { message: t.onWay };
    case "NUMBER_TAKEN":
      return { field: "document", message: t.number(String(detail.number)) };
    case "PAID_BEYOND":
      return {
        field: "resolution",
        message: t.paid(formatRupiah(Number(detail.paid), lang), formatRupiah(Number(detail.total), lang)),
      };
    default:
      return null;
  }
}
