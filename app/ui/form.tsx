import type { ReactNode } from "react";
import { useMessages } from "./language.tsx";

/** What is wrong: with a field of the form, or (`href`) to be seen or mended on another page. */
export type FormError = { field?: string; href?: string; message: string };

/** What was typed into a form that is no more there to be sent: it stays readable, and can be copied. */
export function KeptText({ text }: { text?: string }) {
  const t = useMessages();
  return text ? (
    <p className="break">
      {t.ui.form.kept}: «{text}»
    </p>
  ) : null;
}

/** By which a page with a mistake is known. */
export const summaryId = "error-summary";

/** What is said more than once names the field that it is said of. */
const naming = (errors: FormError[], labels: Record<string, unknown>) => (error: FormError) => {
  const label = error.field && labels[error.field];
  const again = errors.some(({ message, field }) => message === error.message && field !== error.field);
  return typeof label === "string" && again ? `${label}: ${error.message}` : error.message;
};

type SummaryProps = { errors: FormError[]; title?: string; labels?: Record<string, unknown> };

/**
 * All mistakes above the form, each a link to its field or to where it is mended. `labels`: of its fields, by name.
 */
export function ErrorSummary({ errors, title, labels = {} }: SummaryProps) {
  const t = useMessages();
  if (errors.length === 0) return null;
  const words = naming(errors, labels);
  return (
    <div className="summary" role="alert" aria-labelledby={summaryId} tabIndex={-1}>
      <h2 id={summaryId}>{title ?? t.ui.form.summaryTitle}</h2>
      <ul>
        {errors.map(({ field, message, href = field && `#${field}` }) => (
          <li key={`${field}${message}`}>
            {href ? <a href={href}>{words({ field, message })}</a> : words({ field, message })}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function SubmitButton({
  children,
  kind = "main",
  label,
}: {
  children: ReactNode;
  kind?: "main" | "quiet" | "small";
  label?: string;
}) {
  return (
    <button type="submit" className={`button button--${kind}`} aria-label={label}>
      {children}
    </button>
  );
}
