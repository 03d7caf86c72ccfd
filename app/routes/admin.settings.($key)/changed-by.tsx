import type { Setting } from "#app/settings/setting.server.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Ref } from "#app/ui/ref-link.tsx";

/** Who set the value that holds, when and why. */
export function ChangedBy({
  setting: { setBy, setAt, reason },
}: {
  setting: Pick<Setting, "setBy" | "setAt" | "reason">;
}) {
  const t = useMessages().settings;
  return (
    <p className="quiet">
      {setBy ? (
        <>
          {t.setAt} <Moment at={setAt} /> · <Ref code={setBy} />
          {reason ? ` · «${reason}»` : null}
        </>
      ) : (
        t.initial
      )}
    </p>
  );
}
