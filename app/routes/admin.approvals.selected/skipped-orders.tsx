import type { LeftOut } from "#app/approvals/approval.ts";
import { useMessages } from "#app/ui/language.tsx";
import { RefLink } from "#app/ui/ref-link.tsx";

/** Which of the selected orders cannot be approved, by number, and why. */
export function SkippedOrders({ skipped }: { skipped: Array<{ number: string; why: LeftOut; by: string | null }> }) {
  const t = useMessages().approvals.selected;
  if (skipped.length === 0) return null;
  return (
    <section className="card card--padded">
      <h2>{t.skipped}</h2>
      <ul className="bullets">
        {skipped.map(({ number, why, by }) => (
          <li key={number}>
            {why === "GONE" ? (
              <span className="figures">{number}</span>
            ) : (
              <RefLink href={`/admin/approvals/${number}`}>{number}</RefLink>
            )}
            {`: ${why === "DECIDED" && by ? t.decidedBy(by) : t.why[why]}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
