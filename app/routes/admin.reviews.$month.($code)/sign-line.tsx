import type { ComponentProps } from "react";
import { BackLink } from "#app/ui/back-link.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { ReviewLine } from "./review-line.tsx";

/** A page for the signature under one line. */
export function SignLine({ month, line, reply }: Pick<ComponentProps<typeof ReviewLine>, "month" | "line" | "reply">) {
  const t = useMessages();
  const words = t.reviews;
  return (
    <div className="narrow">
      <BackLink href={`/admin/reviews/${month}#${line.code}`}>{t.ui.month(month)}</BackLink>
      <h1>{words.sign}</h1>
      <p className="lead">{words.signLead}</p>
      <ErrorSummary
        errors={(reply?.errors ?? []).map((error) => ({
          ...error,
          field: error.field && `${error.field}-${line.code}`,
        }))}
      />
      <ReviewLine month={month} line={line} maySign open reply={reply} />
    </div>
  );
}
