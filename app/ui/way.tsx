import type { ComponentProps } from "react";
import { useOnward } from "./here.tsx";

/** A link to what a list is about, which leads back to the list as it is: see onward. */
export function Way({ href, children, ...link }: ComponentProps<"a"> & { href: string }) {
  const onward = useOnward();
  return (
    <a href={onward(href)} {...link}>
      {children}
    </a>
  );
}
