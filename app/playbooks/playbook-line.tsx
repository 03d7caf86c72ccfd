import { useMessages } from "#app/ui/language.tsx";
import type { Slug } from "./playbook.ts";

/** Where one meets its sign: the way to a playbook. */
export function PlaybookLine({ slug, letter, sign }: { slug: Slug; letter: string; sign?: string }) {
  const { playbooks: t } = useMessages();
  return (
    <p className="row no-print">
      {sign ? <span className="quiet">{sign}</span> : null}
      <a href={`/admin/playbooks/${slug}`}>{`${t.offers.title} ${t.one(letter, t.books[slug].title)}`}</a>
    </p>
  );
}
