import type { ReactNode } from "react";

export type Column<Row> = {
  key: string;
  label: string;
  cell: (row: Row) => ReactNode;
  number?: boolean;
  /** The cell that names the row: the heading of its card on a phone. */
  head?: boolean;
  /** A cell of buttons: its column's name is for screen readers alone. */
  bare?: boolean;
};

type Props<Row> = {
  caption: string;
  columns: Array<Column<Row>>;
  rows: Row[];
  rowKey: (row: Row) => string;
  showCaption?: boolean;
  /** Many rows, to be read through: small where there is room. */
  dense?: boolean;
};

/** A table; under 640 px each row is a card whose lines carry the column's name. */
export function Table<Row>({ caption, columns, rows, rowKey, showCaption = false, dense = false }: Props<Row>) {
  return (
    // The roles are said again because display:block on a phone takes them away.
    <table className={dense ? "table table--dense" : "table"} role="table">
      <caption className={showCaption ? undefined : "hidden"}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.key} scope="col" role="columnheader" className={column.number ? "number" : undefined}>
              {column.bare ? <span className="hidden">{column.label}</span> : column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row">
            {columns.map((column) => (
              <Cell key={column.key} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const className = column.number ? "number" : undefined;
  if (column.head)
    return (
      <th scope="row" role="rowheader" className={className}>
        {column.cell(row)}
      </th>
    );
  return (
    <td role="cell" className={className} data-label={column.bare ? undefined : column.label}>
      <div>{column.cell(row)}</div>
    </td>
  );
}
