import type { FormReply } from "#app/http/reply.server.ts";
import type { Setting } from "#app/settings/setting.server.ts";
import { Badge } from "#app/ui/badges.tsx";
import { NumberField, TextField } from "#app/ui/fields.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { ChangedBy } from "./changed-by.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { wordFor } from "#app/ui/word.ts";

type Props = { setting: Setting; mayChange: boolean; reply?: FormReply };

/** A switch with its reason and its end; on by a form, then longer by the same or off by another. */
export function SwitchCard({ setting, mayChange, reply }: Props) {
  const t = useMessages().settings;
  const on = setting.value === true;
  return (
    <section className="card card--padded">
      <div className="page-head">
        <div>
          <h2>{wordFor(t.names, setting.key) ?? setting.key}</h2>
          <p className="quiet break">{setting.key}</p>
        </div>
        <Badge tone={on ? "warn" : "plain"}>{on ? t.on : t.off}</Badge>
      </div>
      <p>{wordFor(t.explain, setting.key)}</p>
      {on && setting.expiresAt ? (
        <p>
          {t.onUntil} <Moment at={setting.expiresAt} />
        </p>
      ) : null}
      <ChangedBy setting={setting} />
      {mayChange ? <SwitchForm setting={setting} on={on} reply={reply} /> : null}
    </section>
  );
}

function SwitchForm({ setting, on, reply }: { setting: Setting; on: boolean; reply?: FormReply }) {
  const { approvals, settings } = useMessages();
  const t = settings;
  // Two such forms share the page of all settings, where nothing has gone wrong yet; alone, the ids are what errors
  // point to.
  const id = (name: string) => (reply ? name : `${setting.key}-${name}`);
  return (
    <PostForm className="form" action={`/admin/settings/${setting.key}`}>
      <TextField {...kept(reply, "reason")} id={id("reason")} label={t.reason} hint={t.reasonHint} maxLength={200} />
      <NumberField
        {...kept(reply, "hours", "4")}
        id={id("hours")}
        label={on ? approvals.extendHours : t.hours}
        hint={t.hoursHint}
        maxLength={5}
      />
      <p className="actions">
        {/* The first is what Enter does: to end it needs no thought, to go on does. */}
        {on ? (
          <>
            <button type="submit" name="value" value="false" className="button button--main">
              {t.turnOff}
            </button>
            <button type="submit" name="value" value="true" className="button button--quiet">
              {approvals.extend}
            </button>
          </>
        ) : (
          <button type="submit" name="value" value="true" className="button button--quiet">
            {t.turnOn}
          </button>
        )}
      </p>
    </PostForm>
  );
}
