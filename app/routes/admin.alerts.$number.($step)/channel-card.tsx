import type { AlertChannel } from "#app/alerts/alert.server.ts";
import type { FormReply } from "#app/http/reply.server.ts";
import { AlertState } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { TextField } from "#app/ui/fields.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { wordFor } from "#app/ui/word.ts";

type Props = { number: string; channel: AlertChannel; mayAct: boolean; reply?: FormReply };

/** How far the alert has come on one road; where it failed, the form that sends it again. */
export function ChannelCard({ number, channel, mayAct, reply }: Props) {
  const t = useMessages();
  const words = t.alerts;
  const { state, recipient, attempts, nextAttemptAt, lastError, sentAt, uncertainSince } = channel;
  const facts: Parameters<typeof Facts>[0]["facts"] = [
    {
      label: t.alerts.list.recipient,
      value: <span className="break">{channel.channel === "SMS" ? `+${recipient}` : recipient}</span>,
    },
    { label: t.orders.delivery.attempts, value: attempts, number: true },
  ];
  if (sentAt) facts.push({ label: t.orders.delivery.sentAt, value: <Moment at={sentAt} /> });
  if (state === "PENDING") facts.push({ label: t.ui.nextAttempt, value: <Moment at={nextAttemptAt} /> });
  if (state === "PENDING" && uncertainSince)
    facts.push({ label: words.uncertainSince, value: <Moment at={uncertainSince} /> });
  if (lastError)
    facts.push({
      label: t.ui.lastError,
      value: <span className="break">{wordFor(words.details, lastError) ?? lastError}</span>,
    });
  return (
    <section className="card card--padded">
      <div className="page-head">
        <h2>{words.channels[channel.channel]}</h2>
        <AlertState state={state} short />
      </div>
      <Facts facts={facts} />
      {mayAct && (state === "FAILED" || state === "BOUNCED") ? (
        <AgainForm number={number} channel={channel} reply={reply} />
      ) : null}
    </section>
  );
}

function AgainForm({ number, channel: { channel, recipient }, reply }: Omit<Props, "mayAct">) {
  const words = useMessages().alerts;
  const own = reply?.values.channel === channel ? reply : undefined;
  return (
    <PostForm action={`/admin/alerts/${number}/again`} className="stack">
      <input type="hidden" name="channel" value={channel} />
      <TextField
        {...kept(own, "address", recipient)}
        id={`address-${channel}`}
        type={channel === "SMS" ? "tel" : "text"}
        label={words.address[channel]}
        hint={words.addressHint}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
      />
      <TextField
        {...kept(own, "reason")}
        id={`reason-${channel}`}
        label={words.againReason}
        hint={words.againReasonHint}
        maxLength={200}
      />
      <SubmitButton kind="quiet">{words.again}</SubmitButton>
    </PostForm>
  );
}
