import { ButtonLink } from "#app/ui/button-link.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";

type Found = {
  ref: string;
  subjectCode: string;
  from: string;
  to: string;
  open: boolean;
  auditRows: number;
  chainRows: number;
  sha256: string | null;
  bytes: number | null;
  completedAt: Date | string | null;
};

/** The package itself, for whom it is open, and what the first whole download came to. */
export function DownloadCard({ found, mayAsk }: { found: Found; mayAsk: boolean }) {
  const lang = useLang();
  const t = useMessages().evidence;
  const { ref, open, sha256, bytes, completedAt } = found;
  return (
    <section className="card card--padded">
      <h2>{t.download.title}</h2>
      {open ? (
        <>
          <p>{t.download.explain(formatNumber(found.auditRows + found.chainRows, lang))}</p>
          <p>
            <ButtonLink href={`/admin/exports/${ref}/evidence.zip`} download>
              {t.download.act}
            </ButtonLink>
          </p>
          <p className="quiet">{`${t.download.audited} ${t.download.until}`}</p>
        </>
      ) : (
        <p>{t.download.closed}</p>
      )}
      {!open && mayAsk ? (
        <p>
          <a href={`/admin/cases/${found.subjectCode}/export?from=${found.from}&to=${found.to}`}>{t.download.again}</a>
        </p>
      ) : null}
      {completedAt ? (
        <Facts
          facts={[
            { label: t.states.COMPLETE, value: <Moment at={completedAt} /> },
            { label: t.size, value: t.sizeOf(formatNumber(bytes ?? 0, lang)), number: true },
          ]}
        />
      ) : null}
      <p>
        <span className="quiet">{t.sum}</span>
        <br />
        {sha256 ? <code className="break">{sha256}</code> : t.sumLater}
      </p>
    </section>
  );
}
