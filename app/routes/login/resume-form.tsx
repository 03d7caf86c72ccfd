import { SubmitButton } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";

/** What was sent when the login had ended, shown again and sent by the person himself. */
export function ResumeForm({ path, fields }: { path: string; fields: Record<string, string> }) {
  const t = useMessages();
  const shown = Object.entries(fields).filter(([name, value]) => Object.hasOwn(t.login.fields, name) && value);
  return (
    <div className="narrow">
      <h1>{t.login.resumeTitle}</h1>
      <p className="lead">{t.login.resumeLead}</p>
      <dl>
        {shown.map(([name, value]) => (
          <div key={name}>
            <dt>{t.login.fields[name]}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <form method="post" action={path}>
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <SubmitButton>{t.login.resumeSubmit}</SubmitButton>
      </form>
      <p>
        <a href="/dashboard">{t.login.resumeCancel}</a>
      </p>
    </div>
  );
}
