import type { ReactNode } from "react";
import { formatWib } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

export type Elsewhere = { id: string; store: string; since: string; until: string };

/**
 * Shadow Mode of another browser, which keeps this one from beginning: for which store, since when, and the way out.
 */
export function ActingElsewhere({ elsewhere, path }: { elsewhere: Elsewhere | null; path: string }) {
  const t = useMessages().shadow.acting;
  if (!elsewhere) return null;
  return (
    <ElsewhereNote elsewhere={elsewhere}>
      <PostForm action="/acting/end">
        <input type="hidden" name="acting" value={elsewhere.id} />
        <input type="hidden" name="next" value={path} />
        <button type="submit" className="button button--quiet">
          {t.endThere}
        </button>
      </PostForm>
    </ElsewhereNote>
  );
}

export function ElsewhereNote({ elsewhere, children }: { elsewhere: Elsewhere; children?: ReactNode }) {
  const t = useMessages().shadow.acting;
  const lang = useLang();
  return (
    <section className="acting-note stack stack--tight">
      <h2>{t.elsewhereTitle(elsewhere.store)}</h2>
      <p>{t.elsewhereText(formatWib(elsewhere.since, lang), formatWib(elsewhere.until, lang))}</p>
      {children}
    </section>
  );
}
