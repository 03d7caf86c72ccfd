import type { LogFilter, logFields } from "#app/vitals/log.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { TextField } from "#app/ui/fields.tsx";
import { FilterFold, type FilterLink } from "#app/ui/filters.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";

type Field = (typeof logFields)[number];
type Props = { filter: LogFilter; wrong: Partial<Record<Field, string>>; levels: FilterLink[] };

/** By the number on an error page, up to a day, by level. */
export function LogFilters({ filter, wrong, levels }: Props) {
  const t = useMessages();
  const words = t.vitals.logs;
  const field = (name: Field) => ({
    name,
    defaultValue: wrong[name] ?? filter[name] ?? "",
    error: wrong[name] === undefined ? null : words.misread[name],
  });
  const typed = [filter.request, filter.day].flatMap((value) => value ?? []);
  return (
    <FilterFold typed={typed} open={Object.keys(wrong).length > 0} groups={[{ label: words.level, links: levels }]}>
      <form className="search" method="get" action="/admin/logs" role="search">
        {filter.level ? <input type="hidden" name="level" value={filter.level} /> : null}
        <div className="search__selects">
          <TextField {...field("request")} label={words.request} hint={words.requestHint} maxLength={60} />
          <TextField {...field("day")} type="date" label={words.day} />
        </div>
        <div className="search__go">
          <SubmitButton kind="quiet">{t.ui.actions.filter}</SubmitButton>
          {typed.length > 0 || Object.keys(wrong).length > 0 ? (
            <ButtonLink kind="link" href="/admin/logs">
              {t.ui.actions.clear}
            </ButtonLink>
          ) : null}
        </div>
      </form>
    </FilterFold>
  );
}
