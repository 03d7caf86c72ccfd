import type { DatabaseRefusal } from "#app/db/errors.server.ts";
import type { Messages } from "#app/words.ts";
import type { FormError } from "#app/ui/form.tsx";
import { formatRupiah } from "#app/ui/format.ts";

/** Why a decision was refused, in the desk's words; null where it has none of its own. */
export function refused(
  { code, detail }: Pick<DatabaseRefusal, "code" | "detail">,
  resolution: string | undefined,
  { refused: t }: Messages["reconcile"],
): FormError | null {
  switch (code) {
    case "INVAL":
      return detail.field === "document" && resolution === "ACCEPT" ? { field: "document", message: t.pick } : null;
    case "STALE":
      return { message: t.stale };
    case "ONWAY":
      return { message: t.onWay };
    case "ERPNO":
      return { field: "document", message: t.number(String(detail.number)) };
    case "PAIDM":
      return {
        field: "resolution",
        message: t.paid(formatRupiah(Number(detail.paid)), formatRupiah(Number(detail.total))),
      };
    default:
      return null;
  }
}
