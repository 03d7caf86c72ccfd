import type { ServiceState, ServiceStatus } from "#app/status/status.ts";
import { State } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";

export const toneOf = { OK: "good", DEGRADED: "warn", DOWN: "bad" } as const satisfies Record<ServiceState, string>;

/** Each service with its word and its ninety days. */
export function ServiceList({ services }: { services: ServiceStatus[] }) {
  const t = useMessages().status;
  return (
    <section className="stack">
      <h2>{t.history}</h2>
      <ul className="card status__services">
        {services.map(({ service, state, why, days }) => (
          <li key={service} className="stack stack--tight">
            <div className="row status__head">
              <h3>{t.services[service]}</h3>
              <State tone={toneOf[state]}>{t.states[state]}</State>
            </div>
            <p className="quiet">{why && service !== "ORDERING" ? t.waits : t.means[service]}</p>
            <Bar days={days} name={t.services[service]} />
          </li>
        ))}
      </ul>
      <p className="quiet status__legend">
        {(["O", "D", "X"] as const).map((letter) => (
          <span key={letter} className="row">
            <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
              <rect className={`bar bar--${letter}`} width="12" height="12" rx="2" />
            </svg>
            {t.legend[letter]}
          </span>
        ))}
      </p>
    </section>
  );
}

/** The worse, the taller: the colour is not all that tells. */
const heights = { O: 18, D: 24, X: 32, "-": 4 } as const;
const letters = ["-", "O", "D", "X"] as const;

function Bar({ days, name }: { days: string; name: string }) {
  const t = useMessages().status;
  const count = (letter: string) => days.split(letter).length - 1;
  const said = [
    [count("X"), t.bar.down],
    [count("D"), t.bar.bad],
    [count("O"), t.bar.good],
    [count("-"), t.bar.unknown],
  ] as const;
  const label = said.flatMap(([n, say]) => (n > 0 ? [say(n)] : [])).join(", ");
  return (
    <>
      <svg
        className="status__bar"
        viewBox="0 0 450 32"
        preserveAspectRatio="none"
        role="img"
        aria-label={`${name}: ${label}`}
      >
        {letters.map((letter) => {
          const height = heights[letter];
          const path = [...days]
            .map((day, at) => (day === letter ? `M${at * 5} ${32 - height}h4v${height}h-4z` : ""))
            .join("");
          return path ? (
            <path key={letter} className={`bar bar--${letter === "-" ? "none" : letter}`} d={path} />
          ) : null;
        })}
      </svg>
      <p className="quiet status__ends" aria-hidden="true">
        <span>{t.daysAgo}</span>
        <span>{t.today}</span>
      </p>
    </>
  );
}
