import { isSuspensionScore, suspensionWords } from "#app/abuse/abuse.ts";
import type { AuditEvent } from "#app/audit/audit.server.ts";
import { formatRupiah, formatWib } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { wordFor } from "#app/ui/word.ts";
import { ofEveryRoom } from "#app/words.ts";

const amounts = new Set(["total", "cap", "credit_limit", "over"]);

/** What a row of the trail says, in words: facts beside the act, and what was before and after it. */
export function useDetail() {
  const t = useMessages();
  const lang = useLang();
  const said = (key: string, value: unknown): string => {
    if (value === null || value === undefined || value === "") return "–";
    if (typeof value === "boolean") return value ? t.ui.yes : t.ui.no;
    if (amounts.has(key) && typeof value === "number") return formatRupiah(value, lang);
    if (key === "until" && typeof value === "string") return formatWib(value, lang);
    if (key === "light") return wordFor(t.credit.lights, String(value)) ?? String(value);
    if (key === "reason" && isSuspensionScore(value)) return suspensionWords(t.abuse.suspendedFor, value);
    if (key === "reason" && typeof value === "string")
      return wordFor(t.audit.values, value) ?? wordFor(t.approvals.reasons, value) ?? value;
    if (key === "action" && typeof value === "string") return wordFor(ofEveryRoom(t, "trail"), value) ?? value;
    if (["from", "to", "status"].includes(key) && typeof value === "string")
      return wordFor(t.orders.statuses, value) ?? value;
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  // In an order of ours, since jsonb keeps none; "by salesman: no" is not worth a line.
  const rank = (key: string) => Object.keys(t.audit.firstKeys).indexOf(key) + 1 || 99;
  const facts = ({ detail }: AuditEvent) =>
    Object.entries(detail)
      .filter(([key, value]) => value !== null && value !== "" && !(key === "shadow" && value === false))
      .sort(([a], [b]) => rank(a) - rank(b));
  const changes = ({ before, after }: AuditEvent) =>
    [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
      .filter((key) => JSON.stringify(before?.[key] ?? null) !== JSON.stringify(after?.[key] ?? null))
      .map((key) => ({ key, from: said(key, before?.[key]), to: said(key, after?.[key]) }));
  return { said, facts, changes };
}
