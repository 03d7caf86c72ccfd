import type { FormReply } from "#app/http/reply.server.ts";
import { inField, whys } from "#app/incidents/post-mortem.ts";
import { Checkbox, Textarea, TextField } from "#app/ui/fields.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import type { PostMortemData } from "./post-mortem-page.tsx";
import { useStory } from "./story.ts";

type Props = Pick<PostMortemData, "review" | "span" | "events"> & { reply?: FormReply };

/** How long, which services, how many people, whether a promised time was missed. */
export function Impact({ review, span, reply }: Props) {
  const t = useMessages().incidents.postMortems;
  const missed = reply ? reply.values.slaBreached === "yes" : (review?.slaBreached ?? span.breached);
  return (
    <>
      <h2>{t.impact}</h2>
      <TextField
        {...kept(reply, "beganAt", inField(review ? review.beganAt : span.from))}
        type="datetime-local"
        label={t.beganAt}
      />
      <TextField
        {...kept(reply, "endedAt", inField(review ? review.endedAt : span.to))}
        type="datetime-local"
        label={t.endedAt}
      />
      <Textarea {...kept(reply, "services", review?.services)} label={t.services} rows={2} maxLength={500} />
      <Textarea
        {...kept(reply, "people", review?.people)}
        label={t.people}
        hint={t.peopleHint}
        rows={2}
        maxLength={500}
      />
      <Checkbox name="slaBreached" label={t.slaBreached} defaultChecked={missed} />
    </>
  );
}

/** What happened, why, and what there is to learn from it. */
export function Causes({ review, events, reply }: Props) {
  const t = useMessages().incidents.postMortems;
  const story = useStory(events);
  return (
    <section className="card card--padded form">
      <Textarea
        {...kept(reply, "timeline", review?.timeline ?? story)}
        label={t.timeline}
        hint={t.timelineHint}
        rows={8}
        maxLength={5000}
      />
      <fieldset className="form">
        <legend>
          <strong>{t.whys}</strong>
        </legend>
        {whys.map((name, index) => (
          <TextField
            key={name}
            {...kept(reply, name, review?.whys[index])}
            label={t.why(index + 1)}
            maxLength={500}
            autoComplete="off"
          />
        ))}
      </fieldset>
      <Textarea {...kept(reply, "rootCause", review?.rootCause)} label={t.rootCause} maxLength={2000} />
      <Textarea {...kept(reply, "wentWell", review?.wentWell)} label={t.wentWell} maxLength={2000} />
      <Textarea {...kept(reply, "wentWrong", review?.wentWrong)} label={t.wentWrong} maxLength={2000} />
      <Textarea {...kept(reply, "lucky", review?.lucky)} label={t.lucky} maxLength={2000} />
    </section>
  );
}
