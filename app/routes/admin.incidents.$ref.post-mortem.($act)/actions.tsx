import type { FormReply } from "#app/http/reply.server.ts";
import { Badge } from "#app/ui/badges.tsx";
import { Textarea } from "#app/ui/fields.tsx";
import { formatDay } from "#app/ui/format.ts";
import { kept } from "#app/ui/kept.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Linked, Ref } from "#app/ui/ref-link.tsx";
import { type Column, Table } from "#app/ui/table.tsx";
import type { PostMortemData } from "./post-mortem-page.tsx";

type Action = PostMortemData["actions"][number];
type Props = { actions: Action[]; done?: string; drop?: string };

/** What is done so that it does not happen again; `done`, `drop`: where its buttons go. */
export function ActionList({ actions, done, drop }: Props) {
  const lang = useLang();
  const t = useMessages().incidents.postMortems;
  if (actions.length === 0) return <p className="quiet">{t.noActions}</p>;
  const columns: Array<Column<Action>> = [
    {
      key: "what",
      label: t.what,
      head: true,
      cell: ({ what }) => (
        <span className="break">
          <Linked>{what}</Linked>
        </span>
      ),
    },
    { key: "owner", label: t.owner, cell: ({ owner }) => <Linked>{owner}</Linked> },
    { key: "due", label: t.due, cell: ({ due }) => formatDay(due, lang) },
    { key: "priority", label: t.priority, cell: ({ priority }) => t.priorities[priority] },
    { key: "done", label: t.doneBy, cell: Done },
  ];
  const acts = (action: Action) => <Acts action={action} done={done} drop={drop} />;
  return (
    <section className="stack">
      <h2>{t.actions}</h2>
      <Table
        caption={t.actions}
        rows={actions}
        rowKey={({ id }) => String(id)}
        columns={done || drop ? [...columns, { key: "acts", label: t.done, bare: true, cell: acts }] : columns}
      />
    </section>
  );
}

function Done({ doneAt, doneBy, note, late }: Action) {
  const t = useMessages().incidents;
  if (!doneAt) return late ? <Badge tone="bad">{t.late}</Badge> : "–";
  return (
    <span className="stack stack--tight">
      <span>
        <Moment at={doneAt} /> · <Ref code={doneBy ?? ""} />
      </span>
      {note ? (
        <span className="quiet break">
          <Linked>{note}</Linked>
        </span>
      ) : null}
    </span>
  );
}

function Acts({ action: { id, what, doneAt }, done, drop }: { action: Action; done?: string; drop?: string }) {
  const t = useMessages().incidents.postMortems;
  if (doneAt) return null;
  return (
    <span className="row no-print">
      {done ? (
        <button
          type="submit"
          name="done"
          value={id}
          className="button button--small"
          formAction={done}
          aria-label={t.doneOf(what)}
        >
          {t.done}
        </button>
      ) : null}
      {drop ? (
        <button
          type="submit"
          name="drop"
          value={id}
          className="button button--small"
          formAction={drop}
          aria-label={t.dropOf(what)}
        >
          {t.drop}
        </button>
      ) : null}
    </span>
  );
}

/** The word about an action that is done. */
export function DoneNote({ reply }: { reply?: FormReply }) {
  const t = useMessages().incidents.postMortems;
  return (
    <div className="no-print">
      <Textarea {...kept(reply, "note")} label={t.doneNote} hint={t.doneNoteHint} rows={2} maxLength={500} />
    </div>
  );
}
