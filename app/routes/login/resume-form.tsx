import { SubmitButton } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { TypedValues } from "#app/accounts/typed-values.tsx";

/**
 * What was sent when the login had ended, shown again and sent by the person himself. Its fields are those of then: it
 * still says whom it was shown to.
 */
export function ResumeForm({ path, fields }: { path: string; fields: Record<string, string> }) {
  const t = useMessages();
  return (
    <div className="narrow">
      <h1>{t.accounts.login.resumeTitle}</h1>
      <p className="lead">{t.accounts.login.resumeLead}</p>
      <TypedValues values={fields} />
      <form method="post" action={path}>
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <SubmitButton>{t.accounts.login.resumeSubmit}</SubmitButton>
      </form>
      <p>
        <a href="/dashboard">{t.accounts.login.resumeCancel}</a>
      </p>
    </div>
  );
}
