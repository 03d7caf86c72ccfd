import { useMessages } from "./language.tsx";
import { listAddress } from "./list.ts";

/** `about`, `by`: a person or store, of whom and by whom things were done; `object`: an order, an incident. */
type Props = { about?: string; by?: string; object?: string };

/** For auditors, who alone may read it: where the trail says what was done. */
export function AuditLinks({ about, by, object }: Props) {
  const t = useMessages().audit.links;
  const links = [
    object && ([{ key: object }, t.object(object)] as const),
    about && ([{ target: about }, t.about(about)] as const),
    by && ([{ actor: by }, t.by(by)] as const),
  ].filter((link) => typeof link === "object");
  return (
    <ul className="stack stack--tight no-print">
      {links.map(([asked, label]) => (
        <li key={label}>
          <a href={listAddress("/admin/audit", asked)}>{label}</a>
        </li>
      ))}
    </ul>
  );
}
