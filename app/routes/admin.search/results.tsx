import { type Hit, type Kind, placeOfHit, shownOfKind } from "#app/lookup/lookup.ts";
import { keysOf } from "#app/ui/keys.ts";
import { useMessages } from "#app/ui/language.tsx";

type Group = { kind: Kind; hits: Hit[]; more: boolean };

/** What was found, by what it is; each the link to its page. */
export function Results({ groups }: { groups: Group[] }) {
  const t = useMessages().lookup;
  return groups.map(({ kind, hits, more }) => (
    <section key={kind} className="card card--padded">
      <h2>{t.kinds[kind]}</h2>
      <ul className="hits">
        {hits.map((hit) => (
          <li key={`${hit.key} ${hit.name}`}>
            <a href={placeOfHit(hit)}>{hit.name}</a>
            <About hit={hit} />
          </li>
        ))}
      </ul>
      {more ? <p className="quiet">{t.more(shownOfKind)}</p> : null}
    </section>
  ));
}

function About({ hit: { kind, key, name, about } }: { hit: Hit }) {
  const { roles } = useMessages().accounts;
  const role = keysOf(roles).find((one) => kind === "person" && one === about);
  const words = [key === name ? null : key, role ? roles[role] : about].filter(Boolean);
  return <span className="sub quiet">{words.join(" · ")}</span>;
}
