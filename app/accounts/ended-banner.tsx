import { useMessages } from "#app/ui/language.tsx";

type Props = {
  why: "FORCED" | "SUSPENDED";
  /** Staff's WhatsApp number, 62... */
  hq: string;
  /** False: a form was on its way, and did not arrive. */
  sent?: boolean;
};

/** Staff ended this login: what happened, what was kept, whom to call. */
export function EndedBanner({ why, hq, sent }: Props) {
  const { accounts, privacy } = useMessages();
  const [t, { object }] = [accounts.ended, privacy];
  return (
    <div className="acting-note stack stack--tight" role="status">
      <p>{t[why].text}</p>
      {sent === false ? <p>{t[why].form}</p> : null}
      <p>
        <a href={`https://wa.me/${hq}`} target="_blank" rel="noopener noreferrer">
          {t.phone}
        </a>{" "}
        <a className="figures" href={`tel:+${hq}`}>{`+${hq}`}</a>
      </p>
      {why === "SUSPENDED" ? (
        <p>
          <a href="/privasi/permintaan?minta=OBJECTION">{object}</a>
        </p>
      ) : null}
    </div>
  );
}
