import type { SerializeFrom } from "@remix-run/node";
import type { PlannedMaintenance } from "#app/status/status.server.ts";
import { TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept, type Reply } from "#app/ui/kept.ts";
import { leadingTo } from "./leading-to.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = { open: SerializeFrom<PlannedMaintenance>; reply: Reply | undefined };

/** Ends the one that runs, calls off the one that is planned. */
export function EndForm({ open, reply }: Props) {
  const t = useMessages().status.admin;
  const act = open.state === "RUNNING" ? t.end : t.cancel;
  return (
    <PostForm action="/admin/status/end" className="card card--padded form">
      <h2>{act}</h2>
      <ErrorSummary errors={leadingTo(reply, { reason: "endReason" })} />
      <input type="hidden" name="id" value={open.id} />
      <input type="hidden" name="version" value={open.version} />
      <TextField {...kept(reply, "reason")} id="endReason" label={t.endReason} maxLength={200} />
      <SubmitButton kind="quiet">{act}</SubmitButton>
    </PostForm>
  );
}
