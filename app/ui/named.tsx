import type { ReactNode } from "react";

/** Somebody or something in a table: its name, and under it the code that it is known by. */
export function Named({ name, code }: { name: ReactNode; code: string }) {
  return (
    <>
      {name}
      <span className="sub quiet figures">{code}</span>
    </>
  );
}
