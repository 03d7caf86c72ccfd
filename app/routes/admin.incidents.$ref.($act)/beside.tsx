import type { FormReply } from "#app/http/reply.server.ts";
import { incidentRoles } from "#app/incidents/incident.ts";
import { Select, TextField } from "#app/ui/fields.tsx";
import { errorOf, kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import type { IncidentData } from "./incident-page.tsx";

type Props = Pick<IncidentData, "admins"> & { closed: boolean; save: string; reply?: FormReply };

/** Who does what, and what it touched: saved by whichever button is pressed. */
export function Beside({ admins, closed, save, reply }: Props) {
  const t = useMessages().incidents;
  const filled = ["role", "code", "key"].some((name) => reply?.values[name] || errorOf(reply, name));
  const choose = { value: "", label: t.unchanged };
  return (
    <details open={filled}>
      <summary>{closed ? t.linkTitle : t.besideTitle}</summary>
      <div className="form">
        {closed ? null : (
          <>
            <Select
              {...kept(reply, "role")}
              label={t.role}
              options={[choose, ...incidentRoles.map((value) => ({ value, label: t.roles[value] }))]}
            />
            <Select
              {...kept(reply, "code")}
              label={t.roleOf}
              options={[choose, ...admins.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))]}
            />
          </>
        )}
        <TextField
          {...kept(reply, "key")}
          label={t.link}
          hint={t.linkHint}
          maxLength={40}
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="characters"
        />
        <p>
          <button type="submit" className="button button--quiet" formAction={save}>
            {t.saveBeside}
          </button>
        </p>
      </div>
    </details>
  );
}
