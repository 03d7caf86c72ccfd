import type { Described, DescribedField } from "#app/api/described.ts";
import { typeOf } from "#app/api/problems.ts";
import { Facts } from "#app/ui/facts.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Table } from "#app/ui/table.tsx";

/** One address: whom it is for, what it takes, what it answers. `p95`: null is at once, undefined is not promised. */
export function ApiOperation({ operation, p95 }: { operation: Described; p95: number | null | undefined }) {
  const lang = useLang();
  const t = useMessages().api;
  const { name, method, path, key, query, body, answers, problems } = operation;
  const promise = p95 === null ? t.atOnce : p95 && `${formatNumber(p95, lang)} ms`;
  return (
    <section className="stack" id={name} aria-labelledby={`${name}-title`}>
      <h2 id={`${name}-title`}>{t.operations[name].title}</h2>
      <p>
        <code className="break">
          {method} {path}
        </code>
      </p>
      <p>{t.operations[name].what}</p>
      <Facts
        facts={[
          { label: t.for, value: t.audiences[operation.for] },
          ...(promise ? [{ label: t.promise, value: promise }] : []),
          ...(key ? [{ label: "Idempotency-Key", value: t.keys[key] }] : []),
        ]}
      />
      <Fields title={t.query} fields={query} />
      <Fields title={t.body} fields={body} />
      {answers.map(({ status, fields }) => (
        <div key={status} className="stack">
          <h3>
            {status} {t.statuses[status]}
          </h3>
          <Fields title={`${t.answers} ${status}`} fields={fields} answered />
        </div>
      ))}
      <Problems problems={problems} />
    </section>
  );
}

function Fields({ title, fields, answered }: { title: string; fields: DescribedField[]; answered?: true }) {
  const t = useMessages().api;
  if (fields.length === 0) return null;
  return (
    <>
      {answered ? null : <h3>{title}</h3>}
      <Table
        caption={title}
        dense
        rows={fields}
        rowKey={({ name }) => name}
        columns={[
          { key: "name", label: t.field, head: true, cell: ({ name }) => <code>{name}</code> },
          { key: "type", label: t.type, cell: ({ type }) => <code className="break">{type}</code> },
          {
            key: "what",
            label: t.meaning,
            cell: ({ what, needed }) => (
              <>
                {what ? <span lang="en">{what}</span> : needed === false ? null : "–"}
                {needed === false ? ` (${t.optional})` : null}
              </>
            ),
          },
        ]}
      />
    </>
  );
}

function Problems({ problems }: Pick<Described, "problems">) {
  const t = useMessages().api;
  if (problems.length === 0) return null;
  return (
    <details>
      <summary>
        {t.problems} ({problems.length})
      </summary>
      <Table
        caption={t.problems}
        dense
        rows={problems}
        rowKey={({ name }) => name}
        columns={[
          { key: "status", label: t.status, number: true, cell: ({ status }) => status },
          { key: "type", label: t.type, head: true, cell: ({ name }) => <code className="break">{typeOf(name)}</code> },
          {
            key: "what",
            label: t.meaning,
            cell: ({ title, more }) => (
              <span lang="en">
                {title} {more.length > 0 ? <code className="break">{more.join(", ")}</code> : null}
              </span>
            ),
          },
        ]}
      />
    </details>
  );
}
