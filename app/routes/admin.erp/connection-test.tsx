import type { SerializeFrom } from "@remix-run/node";
import { isWaiting } from "#app/erp/connection-test.ts";
import type { ErpTest } from "#app/erp/watch.server.ts";
import { SubmitButton } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { useFigures } from "#app/erp/figures.ts";
import { Reason } from "#app/erp/reason.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { Linked } from "#app/ui/ref-link.tsx";

type Test = SerializeFrom<ErpTest>;

/** Asks the ERP whether it is there, through a worker, and tells what came of the last time somebody asked. */
export function ConnectionTest({ test, mayAct, now }: { test: Test | null; mayAct: boolean; now: Date | string }) {
  const t = useMessages().erp.test;
  return (
    <div className="stack stack--tight" id="uji">
      {test ? <Answer test={test} now={now} /> : mayAct ? null : <p className="quiet">{t.never}</p>}
      {mayAct ? (
        <PostForm action="/admin/erp/test" className="no-print">
          <SubmitButton kind="quiet">{t.button}</SubmitButton>
        </PostForm>
      ) : (
        <p className="quiet">{t.adminOnly}</p>
      )}
    </div>
  );
}

function Answer({ test, now }: { test: Test; now: Date | string }) {
  const t = useMessages().erp.test;
  const { ms } = useFigures();
  return (
    <>
      {test.ok ? (
        <p>
          <strong>{t.ok(ms(test.ms ?? 0))}</strong>
        </p>
      ) : null}
      {test.ok === false ? (
        <p>
          <strong>{t.failed}</strong> {test.error ? <Reason words={test.error} /> : null}
        </p>
      ) : null}
      {test.ok === null ? (
        <p>
          <strong>{isWaiting(test) ? t.waiting(Math.round(test.waitedSeconds)) : t.lost}</strong>
        </p>
      ) : null}
      <p className="quiet">
        {t.asked} <Moment at={test.askedAt} ago now={now} /> · <Linked>{test.askedBy ?? ""}</Linked>
      </p>
    </>
  );
}
