import type { FormReply } from "#app/http/reply.server.ts";
import type { ReviewLine as Line } from "#app/reviews/review.server.ts";
import { reviewDecisions } from "#app/reviews/review.ts";
import { Badge } from "#app/ui/badges.tsx";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { Select, Textarea } from "#app/ui/fields.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { kept } from "#app/ui/kept.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { Linked } from "#app/ui/ref-link.tsx";

type Props = {
  month: string;
  line: Line;
  maySign: boolean;
  /** The form stands here: on the page of this line alone. */ open?: boolean;
  reply?: FormReply;
};

/**
 * One salesman of the month: what was decided, or the way to deciding, which is a page of its own so that no other
 * line's words get lost.
 */
export function ReviewLine({ month, line, maySign, open = false, reply }: Props) {
  const lang = useLang();
  const t = useMessages().reviews;
  const Heading = open ? "h2" : "h3";
  return (
    <section className="card card--padded" id={line.code} aria-labelledby={`name-${line.code}`}>
      <div className="page-head">
        <div>
          <Heading id={`name-${line.code}`}>{`${line.rank}. ${t.signTitle(line.name, line.code)}`}</Heading>
          <p className="quiet">
            {`${t.times(line.impersonations)} · ${t.worth(formatRupiah(line.amount, lang), line.orders)} · ` +
              `${t.hits}: ${line.hits} · ${t.disputes}: ${line.disputes}`}
          </p>
        </div>
        <a href={`/admin/cases/${line.code}`} aria-label={t.openCaseOf(line.name)}>
          {t.openCase}
        </a>
      </div>
      {line.decision ? (
        <Signed line={line} />
      ) : !maySign ? (
        <p className="quiet">{t.unsigned}</p>
      ) : open ? (
        <SignForm month={month} line={line} reply={reply} />
      ) : (
        <p className="no-print">
          <ButtonLink
            kind="quiet"

            href={`/admin/reviews/${month}/${line.code}`}
            aria-label={`${t.sign}: ${line.name}`}
          >
            {t.sign}
          </ButtonLink>
        </p>
      )}
    </section>
  );
}

const tone = { NO_ACTION: "good", WATCH: "warn", COACHING: "warn", ESCALATE_HR: "bad" } as const;

function Signed({ line: { decision, note, signedBy, signedAt } }: { line: Line }) {
  const t = useMessages().reviews;
  return (
    <div className="stack stack--tight">
      <p className="row">
        <Badge tone={tone[decision!]}>{t.decisions[decision!]}</Badge>
        <span className="quiet">
          {t.signedBy} <Moment at={signedAt!} /> · <Linked>{signedBy ?? ""}</Linked>
        </span>
      </p>
      <p className="break">{note}</p>
    </div>
  );
}

function SignForm({ month, line: { code, name }, reply }: Omit<Props, "maySign" | "open">) {
  const t = useMessages().reviews;
  const options = [
    { value: "", label: t.choose },
    ...reviewDecisions.map((value) => ({ value, label: t.decisions[value] })),
  ];
  return (
    <PostForm className="form no-print" action={`/admin/reviews/${month}/${code}`}>
      <Select {...kept(reply, "decision")} id={`decision-${code}`} label={t.decision} options={options} />
      <Textarea
        {...kept(reply, "note")}
        id={`note-${code}`}
        label={t.note}
        hint={t.noteHint}
        rows={2}
        maxLength={500}
      />
      <p>
        <SubmitButton label={`${t.sign}: ${name}`}>{t.sign}</SubmitButton>
      </p>
    </PostForm>
  );
}
