import type { SerializeFrom } from "@remix-run/node";
import { services, serviceStates } from "#app/status/status.ts";
import type { TellableIncident } from "#app/status/status.server.ts";
import { Select, Textarea } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept, type Reply } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { leadingTo } from "./leading-to.ts";
import { wordFor } from "#app/ui/word.ts";

type Props = { incidents: Array<SerializeFrom<TellableIncident>>; reply: Reply | undefined };

/** A word to stores about an incident. */
export function UpdateForm({ incidents, reply }: Props) {
  const all = useMessages();
  const t = all.status.admin;
  if (incidents.length === 0)
    return (
      <div className="card card--padded">
        <h2>{t.write}</h2>
        <p className="quiet">{t.noIncident}</p>
      </div>
    );
  const named = incidents.map(({ ref, cause, severity, state }) => ({
    value: ref,
    label: [
      ref,
      all.incidents.severities.level(severity),
      wordFor(all.incidents.causes, cause) ?? cause,
      all.incidents.states[state],
    ].join(" · "),
  }));
  return (
    <PostForm id="kabar" action="/admin/status/update" className="card card--padded form">
      <h2>{t.write}</h2>
      <ErrorSummary errors={leadingTo(reply, { textId: "updateId", textEn: "updateEn" })} />
      <Select {...kept(reply, "ref")} label={t.incident} options={named} />
      <Select
        {...kept(reply, "service")}
        label={t.service}
        options={services.map((value) => ({ value, label: all.status.services[value] }))}
      />
      <Select
        {...kept(reply, "state", "DEGRADED")}
        label={t.state}
        options={serviceStates.map((value) => ({ value, label: all.status.states[value] }))}
      />
      <Textarea {...kept(reply, "textId")} id="updateId" label={t.updateId} hint={t.updateHint} maxLength={600} />
      <Textarea {...kept(reply, "textEn")} id="updateEn" label={t.updateEn} maxLength={600} />
      <SubmitButton>{t.send}</SubmitButton>
    </PostForm>
  );
}
