import type { ReactNode } from "react";
import { useHere } from "./here.tsx";

/** A list in which rows can be ticked: it only looks, on a page that leads back to this list as it is. */
export function PickForm({ action, children }: { action: string; children: ReactNode }) {
  const here = useHere();
  return (
    <form className="stack" method="get" action={action}>
      {here ? <input type="hidden" name="back" value={here} /> : null}
      {children}
    </form>
  );
}
