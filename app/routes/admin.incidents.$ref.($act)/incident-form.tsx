import type { FormReply } from "#app/http/reply.server.ts";
import { severities } from "#app/incidents/incident.ts";
import type { Move } from "#app/incidents/life.ts";
import { Select, Textarea } from "#app/ui/fields.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { Beside } from "./beside.tsx";
import type { IncidentData } from "./incident-page.tsx";

type Props = Pick<IncidentData, "incident" | "moves" | "admins" | "tasks" | "review"> & { reply?: FormReply };

/** What usually comes next is the big button; with what a person says of it, in one form with everything else. */
export function IncidentForm({ incident, moves, admins, tasks, review, reply }: Props) {
  const t = useMessages().incidents;
  const { ref, state, peak, acknowledgedAt } = incident;
  const untaken = !acknowledgedAt && state !== "RESOLVED" && state !== "CLOSED";
  const asked = tasks.some(({ doneAt, kind }) => !doneAt && kind !== "POST_MORTEM_ACTION");
  const reviewed = peak > 1 || review?.state === "APPROVED";
  const obstacle = moves.includes("CLOSE") ? (!reviewed ? t.needsPostMortem : asked ? t.needsTasks : null) : null;
  const offered = moves.filter((move) => move !== "CLOSE" || !obstacle);
  const first = untaken
    ? undefined
    : usual.find((move) => offered.includes(move) && !(move === "CLASSIFY" && state !== "DETECTED"));
  const address = (act: string) => `/admin/incidents/${ref}/${act}`;
  return (
    <PostForm id="tangani" className="form no-print" action={address("note")}>
      {/* What Enter does in a field: it saves, and decides nothing. */}
      <button type="submit" className="hidden" tabIndex={-1} aria-hidden="true" />
      <ErrorSummary errors={reply?.errors ?? []} />
      {untaken ? (
        <p>
          <button type="submit" className="button button--main button--wide" formAction={address("acknowledge")}>
            {t.take}
          </button>
        </p>
      ) : null}
      <Textarea {...kept(reply, "note")} label={t.note} hint={t.noteHint} maxLength={500} />
      {offered.includes("CLASSIFY") ? (
        <Select
          {...kept(reply, "severity", String(incident.severity))}
          label={t.severity}
          options={severities.map((level) => ({
            value: String(level),
            label: `${t.severities.level(level)} · ${t.severities.respond[level]}`,
          }))}
        />
      ) : null}
      <p className="actions">
        {ordered(offered, first).map((move) => (
          <button
            key={move}
            type="submit"
            className={`button button--${move === first ? "main" : "quiet"}`}
            formAction={address(move.toLowerCase())}
          >
            {t.moves[move]}
          </button>
        ))}
        {state === "CLOSED" ? null : (
          <button type="submit" className="button button--quiet">
            {t.save}
          </button>
        )}
      </p>
      {obstacle ? <p className="quiet">{obstacle}</p> : null}
      <Beside admins={admins} closed={state === "CLOSED"} reply={reply} save={address("note")} />
    </PostForm>
  );
}

// The way through its life; to classify is the first step of it and only then the usual one.
const usual: readonly Move[] = ["CLASSIFY", "CONTAIN", "RESOLVE", "CLOSE"];
const ordered = (moves: Move[], first?: Move) =>
  [...usual, "REOPEN" as const]
    .filter((move) => moves.includes(move))
    .sort((a, b) => Number(b === first) - Number(a === first));
