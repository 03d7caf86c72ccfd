import type { ReactNode } from "react";
import { BackLink } from "#app/ui/back-link.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import type { Reply } from "#app/ui/kept.ts";
import { PrintButton } from "#app/ui/print-button.tsx";

type Props = { words: { back: string; title: string; lead: string }; reply?: Reply; children?: ReactNode };

/** The head of a page about one duty towards the ERP: the way back, what it is, and what is wrong with its form. */
export function DutyHead({ words, reply, children }: Props) {
  return (
    <>
      <BackLink href="/admin/erp">{words.back}</BackLink>
      <div className="page-head">
        <div>
          <h1>{words.title}</h1>
          <p className="lead">{words.lead}</p>
          {children}
        </div>
        <PrintButton />
      </div>
      <ErrorSummary errors={reply?.errors ?? []} />
    </>
  );
}
