import type { ReactNode } from "react";
import { placeOf } from "./places.ts";

/** Somebody or something in a table: its name, and under it the code that it is known by, which leads to its page. */
export function Named({ name, code, to = placeOf(code) }: { name: ReactNode; code: string; to?: string | null }) {
  return (
    <>
      {name}
      <span className="sub quiet figures">{to ? <a href={to}>{code}</a> : code}</span>
    </>
  );
}
