import { useMessages } from "#app/ui/language.tsx";
import { wordFor } from "#app/ui/word.ts";

/**
 * What a person typed into a form, by the names of its fields: to be read again, and copied. Nothing for fields that
 * nobody types.
 */
export function TypedValues({
  values,
  title,
  hint,
}: {
  values: Record<string, string>;
  title?: string;
  hint?: string;
}) {
  const t = useMessages();
  const shown = Object.entries(values).flatMap(([name, value]) => {
    const [field = "", sku] = name.split(/-(.*)/s);
    const label = wordFor(t.accounts.login.fields, field);
    return label && value ? [{ name, label: sku ? `${label} ${sku}` : label, value }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <>
      {title ? <h2>{title}</h2> : null}
      {hint ? <p className="quiet">{hint}</p> : null}
      <dl>
        {shown.map(({ name, label, value }) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
