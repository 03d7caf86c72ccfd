import type { ComponentProps } from "react";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { JustOrdered } from "./just-ordered.tsx";

/** In a cart's place: what it went out as a moment ago, or the way to the shelves. */
export function NoCart({ ordered }: { ordered: ComponentProps<typeof JustOrdered>["order"] | null }) {
  const t = useMessages().carts;
  if (ordered) return <JustOrdered order={ordered} />;
  return (
    <EmptyState
      icon="cart"
      title={t.emptyTitle}
      text={t.emptyText}
      action={{ href: "/products", label: t.emptyAction }}
    />
  );
}
