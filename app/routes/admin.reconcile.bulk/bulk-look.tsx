import type { BulkRow } from "#app/reconcile/reconciliations.server.ts";
import type { BulkResolution } from "#app/reconcile/reconcile.ts";
import { SubmitButton } from "#app/ui/form.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";
import { RefLink } from "#app/ui/ref-link.tsx";
import { Table } from "#app/ui/table.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

/** Several orders before and after the same decision, and the button that makes it. */
export function BulkLook({ rows, to }: { rows: BulkRow[]; to: BulkResolution }) {
  const lang = useLang();
  const { choices, bulk: t } = useMessages().reconcile;
  const possible = rows.filter(({ outlook }) => outlook.choices.includes(to));
  const after = ({ total, outlook }: BulkRow) => (to === "CUT" ? outlook.cut.total : total);
  const sum = (of: (row: BulkRow) => number) => possible.reduce((all, row) => all + of(row), 0);
  return (
    <PostForm className="stack" action="/admin/reconcile/bulk">
      <Table
        caption={t.title[to]}
        rows={rows}
        rowKey={({ number }) => number}
        columns={[
          {
            key: "order",
            label: t.order,
            head: true,
            cell: ({ number, storeName }) => (
              <>
                <RefLink href={`/admin/reconcile/${number}`}>{number}</RefLink>
                <span className="sub quiet">{storeName}</span>
              </>
            ),
          },
          { key: "what", label: t.what, cell: ({ outlook }) => <Changes outlook={outlook} to={to} /> },
          { key: "before", label: t.before, number: true, cell: ({ total }) => <Money amount={total} /> },
          {
            key: "after",
            label: t.after,
            number: true,
            cell: (row) => (row.outlook.choices.includes(to) ? <Money amount={after(row)} /> : "–"),
          },
        ]}
      />
      {possible.map(({ number, checked }) => (
        <input key={number} type="hidden" name={`o-${number}`} value={checked} />
      ))}
      <input type="hidden" name="resolution" value={to} />
      <p>
        <strong>
          {t.sum(
            possible.length,
            formatRupiah(
              sum(({ total }) => total),
              lang,
            ),
            formatRupiah(sum(after), lang),
          )}
        </strong>{" "}
        {choices.mail}
      </p>
      {possible.length > 0 ? (
        <p>
          <SubmitButton>{t.submit[to](possible.length)}</SubmitButton>
        </p>
      ) : null}
    </PostForm>
  );
}

/** What the decision would do to the lines of an order. */
function Changes({ outlook, to }: Pick<BulkRow, "outlook"> & { to: BulkResolution }) {
  const { choices, bulk: t } = useMessages().reconcile;
  if (!outlook.choices.includes(to)) return t.impossible;
  const lines = to === "CUT" ? outlook.cut.lines : outlook.preorder;
  return lines.map(({ sku, name, from, to: then }) => (
    <span key={sku} className="sub">
      {to === "CUT" ? choices.change(name, from, then) : choices.wait(name, then - from)}
    </span>
  ));
}
