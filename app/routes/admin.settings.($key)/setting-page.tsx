import type { FormReply } from "#app/http/reply.server.ts";
import type { Setting } from "#app/settings/setting.server.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { NumberField, Select, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { ChangedBy } from "./changed-by.tsx";
import { rangeOf, shown, shownIn } from "#app/settings/shown.ts";
import { SwitchCard } from "./switch-card.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { wordFor } from "#app/ui/word.ts";

/** One setting and its form; where a form with mistakes comes back to. */
export function SettingPage({
  setting,
  mayChange,
  reply,
}: {
  setting: Setting;
  mayChange: boolean;
  reply?: FormReply;
}) {
  const t = useMessages().settings;
  return (
    <div className="narrow">
      <BackLink href="/admin/settings">{t.back}</BackLink>
      <h1>{wordFor(t.names, setting.key) ?? setting.key}</h1>
      {mayChange ? null : <p className="lead">{t.readOnly}</p>}
      <ErrorSummary errors={reply?.errors ?? []} />
      {setting.kind === "boolean" ? (
        <SwitchCard setting={setting} mayChange={mayChange} reply={reply} />
      ) : (
        <ValueSetting setting={setting} mayChange={mayChange} reply={reply} />
      )}
    </div>
  );
}

function ValueSetting({ setting, mayChange, reply }: { setting: Setting; mayChange: boolean; reply?: FormReply }) {
  const lang = useLang();
  const {
    ui: { actions },
    settings,
  } = useMessages();
  const t = settings;
  return (
    <section className="card card--padded">
      <p>
        {t.value}: <strong className="figures">{shownIn(t, setting.value, lang)}</strong>
      </p>
      <ChangedBy setting={setting} />
      {mayChange ? (
        <PostForm className="form" action={`/admin/settings/${setting.key}`}>
          {setting.choices ? (
            <Select
              {...kept(reply, "value", String(setting.value))}
              label={t.value}
              options={setting.choices.map((value) => ({ value, label: shownIn(t, value, lang) }))}
            />
          ) : (
            <NumberField
              {...kept(reply, "value", shown(Number(setting.value), lang))}
              label={t.value}
              hint={rangeOf(t, setting, lang)}
              inputMode="decimal"
              maxLength={20}
            />
          )}
          <input type="hidden" name="seen" value={String(setting.value)} />
          <TextField {...kept(reply, "reason")} label={t.reason} hint={t.reasonHint} maxLength={200} />
          <SubmitButton>{actions.save}</SubmitButton>
        </PostForm>
      ) : null}
    </section>
  );
}
