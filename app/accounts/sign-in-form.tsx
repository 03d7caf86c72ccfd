import { TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, type FormError, SubmitButton } from "#app/ui/form.tsx";
import { errorOf } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PasswordField } from "#app/ui/password-field.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = {
  email?: string;
  /** Where to go on to. */
  next?: string | null;
  /** A form that was sent after the login had ended: it is kept here and offered again after signing in. */
  interrupted?: { path: string; fields: Record<string, string> } | null;
  errors?: FormError[];
};

export const signInFormId = "sign-in";

export function SignInForm({ email, next, interrupted, errors = [] }: Props) {
  const t = useMessages();
  return (
    <PostForm action="/login" className="form" id={signInFormId}>
      <ErrorSummary errors={errors} />
      {next ? <input type="hidden" name="next" value={next} /> : null}
      {interrupted ? <input type="hidden" name="interrupted" value={JSON.stringify(interrupted)} /> : null}
      <TextField
        type="email"
        name="email"
        label={t.accounts.login.email}
        defaultValue={email}
        error={errorOf({ errors }, "email")}
        autoComplete="username"
      />
      <PasswordField
        name="password"
        label={t.accounts.login.password}
        error={errorOf({ errors }, "password")}
        autoComplete="current-password"
      />
      <SubmitButton>{t.accounts.login.submit}</SubmitButton>
    </PostForm>
  );
}
