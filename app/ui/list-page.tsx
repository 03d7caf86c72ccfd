import type { ComponentProps, ReactNode } from "react";
import { EmptyState } from "./empty-state.tsx";
import { FilterFold, type FilterGroup } from "./filters.tsx";
import { Pager } from "./pager.tsx";
import { ReadAt } from "./read-at.tsx";

type HeadProps = { title: string; lead: ReactNode; readAt: Date | string; counted?: boolean; children?: ReactNode };

/** What a page of staff lists, and when it was read. */
export function ListHead({ title, lead, readAt, counted, children }: HeadProps) {
  return (
    <div className="stack stack--tight">
      <h1>{title}</h1>
      <p className="lead">{lead}</p>
      <ReadAt at={readAt} counted={counted} />
      {children}
    </div>
  );
}

type Props = Omit<HeadProps, "title" | "lead" | "children"> & {
  /** Its name, what it is, and what is said where it has no rows, beside `icon`. */
  words: Pick<HeadProps, "title" | "lead"> & { emptyTitle: string; emptyText: string };
  icon?: ComponentProps<typeof EmptyState>["icon"];
  filters?: FilterGroup[];
  /** Under the head: ways to what belongs to the list. */
  more?: ReactNode;
  /** The way on and the way back to the start; `shown`: how many rows stand here. */
  pager: { next: string | null; first: string | null; shown: number };
  /** The list. */
  children: ReactNode;
};

/** A list of staff: what it is, how it can be narrowed, its rows, the way on. */
export function ListPage({ words, icon = "check", filters = [], more, pager, children, ...head }: Props) {
  return (
    <>
      <ListHead title={words.title} lead={words.lead} {...head}>
        {more}
      </ListHead>
      {filters.length > 0 ? <FilterFold groups={filters} /> : null}
      {pager.shown > 0 ? children : <EmptyState icon={icon} title={words.emptyTitle} text={words.emptyText} />}
      <Pager {...pager} />
    </>
  );
}
