import { createContext, type ReactNode, useContext } from "react";
import { Icon } from "./icons.tsx";

/** The result of what was just done, and the id of what it was done to: it is told there. */
export type Said = { message: string; tone?: "good" | "warn"; at?: string };

const What = createContext<Said | null>(null);

export function SaidProvider({ value, children }: { value: Said | null; children: ReactNode }) {
  return <What.Provider value={value}>{children}</What.Provider>;
}

/** What was just done to this one, where it stands. */
export function SaidHere({ at }: { at: string }) {
  const said = useContext(What);
  return said?.at === at ? (
    <p className="said" role="status">
      <Icon name="check" />
      <span>{said.message}</span>
    </p>
  ) : null;
}
