import type { ComponentProps } from "react";

type Props = Omit<ComponentProps<"a">, "className"> & { kind?: "main" | "quiet" | "small" | "link" };

/** A link that looks like a button: the way on from here. */
export function ButtonLink({ kind = "main", children, ...link }: Props) {
  return (
    <a className={`button button--${kind}`} {...link}>
      {children}
    </a>
  );
}
