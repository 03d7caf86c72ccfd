import {
  type AuditField,
  auditFields,
  type AuditFilter,
  type Candidates,
  mostCandidates,
  type PersonField,
} from "#app/audit/audit.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { Select, TextField } from "#app/ui/fields.tsx";
import { FilterFold } from "#app/ui/filters.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { listAddress } from "#app/ui/list.ts";
import { wordFor } from "#app/ui/word.ts";
import { type Messages, ofEveryRoom } from "#app/words.ts";

type Wrong = Partial<Record<AuditField, string>>;
type Props = { filter: AuditFilter; wrong: Wrong; candidates: Candidates; actions: string[] };

/** Why nothing was searched: what stands in this field cannot be looked for, or several are called so. */
export function misreadText(words: Messages["audit"], field: AuditField, candidates: Candidates): string {
  const found = (field === "actor" || field === "target" ? candidates[field]?.length : 0) ?? 0;
  if (found > mostCandidates) return words.tooMany(mostCandidates);
  return found > 1 ? words.several : words.misread[field];
}

export function SearchForm({ filter, wrong, candidates, actions }: Props) {
  const t = useMessages();
  const words = t.audit;
  const acts = ofEveryRoom(t, "trail");
  const options = [
    { value: "", label: words.allActions },
    ...actions.map((action) => ({ value: action, label: wordFor(acts, action) ?? action })),
  ];
  const set = auditFields.flatMap((name) => {
    const value = filter[name];
    return value === null ? [] : [name === "action" ? (wordFor(acts, value) ?? value) : value];
  });
  const asked = set.length > 0 || Object.keys(wrong).length > 0;
  const field = (name: AuditField) => ({
    name,
    defaultValue: wrong[name] ?? filter[name] ?? "",
    error: wrong[name] === undefined ? null : misreadText(words, name, candidates),
  });
  const choice = (name: PersonField) => (
    <Choice field={name} found={candidates[name]} typed={{ ...filter, ...wrong }} />
  );
  return (
    <FilterFold typed={set} open={Object.keys(wrong).length > 0}>
      <form className="search" method="get" action="/admin/audit" role="search">
        <div className="search__selects">
          <Select {...field("action")} label={words.action} options={options} />
          <TextField {...field("key")} label={words.object} maxLength={60} />
          <div>
            <TextField {...field("actor")} label={words.actor} hint={words.personHint} maxLength={80} />
            {choice("actor")}
          </div>
          <div>
            <TextField {...field("target")} label={words.target} hint={words.personHint} maxLength={80} />
            {choice("target")}
          </div>
        </div>
        <TextField {...field("request")} label={words.request} maxLength={60} />
        <div className="search__go">
          <SubmitButton kind="quiet">{t.ui.actions.filter}</SubmitButton>
          {asked ? (
            <ButtonLink kind="link" href="/admin/audit">
              {t.ui.actions.clear}
            </ButtonLink>
          ) : null}
        </div>
      </form>
    </FilterFold>
  );
}

type ChoiceProps = { field: PersonField; found?: Candidates[PersonField]; typed: Record<string, string | null> };

/** Several are called so: each is a link to the same search with him alone. */
function Choice({ field, found = [], typed }: ChoiceProps) {
  const t = useMessages();
  if (found.length < 2) return null;
  const address = (code: string) => listAddress("/admin/audit", { ...typed, after: null, [field]: code });
  return (
    <ul className="choices" aria-label={t.audit.several}>
      {found.slice(0, mostCandidates).map(({ code, name, role }) => (
        <li key={code}>
          <a href={address(code)}>{name}</a> <span className="quiet">{`${t.accounts.roles[role]} · ${code}`}</span>
        </li>
      ))}
    </ul>
  );
}
