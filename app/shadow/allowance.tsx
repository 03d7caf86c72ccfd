import { type Allowance, exceeds } from "./consent.ts";
import { Facts } from "#app/ui/facts.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";

/**
 * What salesmen ordered in the store's name this month and what is left of its cap. `children`: what one can do about
 * it.
 */
export function AllowanceCard({ allowance, children }: { allowance: Allowance; children?: React.ReactNode }) {
  const t = useMessages().shadow.allowance;
  const { allowed, cap, used, left } = allowance;
  const facts: Parameters<typeof Facts>[0]["facts"] = [
    { label: t.used, value: <Money amount={used} />, number: true },
    { label: t.cap, value: cap === null ? t.none : <Money amount={cap} />, number: cap !== null },
  ];
  if (left !== null) facts.push({ label: t.left, value: <Money amount={left} />, number: true, strong: true });
  return (
    <section className="card card--padded">
      <h2>{t.title}</h2>
      {allowed ? null : <p className="field__warning">{t.off}</p>}
      <Facts facts={facts} />
      {children}
    </section>
  );
}

/** For the salesman at work, where the store has a cap. */
export function AllowanceNote({ allowance }: { allowance: Allowance | null | undefined }) {
  const t = useMessages().shadow.allowance;
  if (!allowance || allowance.left === null) return null;
  return (
    <AllowanceCard allowance={allowance}>
      <p className="quiet">{t.forSalesman}</p>
    </AllowanceCard>
  );
}

/** Said before he sends it: what he is about to order is more than is left. */
export function AllowanceWarning({ allowance, total }: { allowance: Allowance | null | undefined; total: number }) {
  const lang = useLang();
  const t = useMessages().shadow.allowance;
  if (!allowance || allowance.left === null || !exceeds(allowance, total)) return null;
  return (
    <p className="field__warning">{allowance.left === 0 ? t.usedUp : t.tooMuch(formatRupiah(allowance.left, lang))}</p>
  );
}

/** In place of the button that would send it: why not, and to look whether the owner has raised his cap by now. */
export function BeyondAllowance() {
  const t = useMessages().shadow.allowance;
  return (
    <>
      <button type="submit" name="go" value="stay" className="button button--quiet" aria-describedby="beyond">
        {t.lookAgain}
      </button>
      <p className="action-bar__why" id="beyond">
        {t.cannotSend}
      </p>
    </>
  );
}

/** Both, where a cart shows them: above its lines, and below its sum. */
export const allowanceInCart = (allowance: Allowance | null, total = 0) => ({
  warning: <AllowanceWarning allowance={allowance} total={total} />,
  note: <AllowanceNote allowance={allowance} />,
});
