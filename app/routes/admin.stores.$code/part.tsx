import type { ReactNode } from "react";
import { shownOfStore } from "#app/stores/store.ts";

type Props = { id?: string; title: string; none: string; rows: number; more: string; children: ReactNode };

/** A list of a store's page with its heading; says when there is nothing, or more than stands here. */
export function Part({ id, title, none, rows, more, children }: Props) {
  return (
    <section className="stack stack--tight" id={id}>
      <h2>{title}</h2>
      {rows === 0 ? <p className="quiet">{none}</p> : children}
      {rows === shownOfStore ? <p className="quiet">{more}</p> : null}
    </section>
  );
}
