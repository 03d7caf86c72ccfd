import type { ReactNode } from "react";
import { RefLink } from "./ref-link.tsx";
import { type Column, Table } from "./table.tsx";

type Props<Row> = {
  caption: string;
  /** The first column: what the number is called, and where it leads. */
  number: { label: string; to: (row: Row) => string };
  /** What stands before it: a box to tick. */
  pick?: (row: Row) => ReactNode;
  /** The others. */
  columns: Array<Column<Row>>;
  rows: Row[];
  dense?: boolean;
};

/** A table of what is known by its number, which is the way to it. */
export function NumberedTable<Row extends { number: string }>({ number, pick, columns, ...table }: Props<Row>) {
  const first: Column<Row> = {
    key: "number",
    label: number.label,
    head: true,
    cell: (row) =>
      pick ? (
        <span className="pick-cell">
          {pick(row)}
          <RefLink href={number.to(row)}>{row.number}</RefLink>
        </span>
      ) : (
        <RefLink href={number.to(row)}>{row.number}</RefLink>
      ),
  };
  return <Table {...table} rowKey={(row) => row.number} columns={[first, ...columns]} />;
}
