import type { ComponentProps } from "react";
import { useOnward } from "./here.tsx";

type Props = Omit<ComponentProps<"a">, "className"> & { kind?: "main" | "quiet" | "small" | "link" };

/** A link that looks like a button: the way on from here. */
export function ButtonLink({ kind = "main", children, href, ...link }: Props) {
  const onward = useOnward();
  return (
    <a className={`button button--${kind}`} href={href && onward(href)} {...link}>
      {children}
    </a>
  );
}
