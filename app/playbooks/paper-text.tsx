import { CopyBox } from "#app/ui/copy-box.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { paper } from "./paper.ts";

/** The text to salesmen: to be copied, and whole on paper, for when there is no screen to copy it from. */
export function PaperText({ hq }: { hq: string }) {
  const { now: t } = useMessages().playbooks;
  return (
    <>
      <div className="no-print">
        <CopyBox id="paper-text" label={t.salesmenText} text={paper(hq)} />
      </div>
      <p className="words print-only">{paper(hq)}</p>
    </>
  );
}
