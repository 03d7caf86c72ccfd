import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";

/** Where somebody is signed in, as far as the auth server says. */
export function Logins({ logins }: { logins: Array<{ since: string; seen: string }> }) {
  const t = useMessages().accounts;
  return (
    <section className="card card--padded">
      <h2>{t.logins}</h2>
      {logins.length > 0 ? (
        <ul className="stack stack--tight">
          {logins.map(({ since, seen }, index) => (
            <li key={index}>
              {t.loginSince} <Moment at={since} />
              <span className="sub quiet">
                {t.loginSeen} <Moment at={seen} ago />
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p>{t.noLogins}</p>
      )}
      <p className="quiet">{t.loginHint}</p>
    </section>
  );
}
