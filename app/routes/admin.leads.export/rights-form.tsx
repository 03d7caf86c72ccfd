import type { FormReply } from "#app/http/reply.server.ts";
import { State } from "#app/ui/badges.tsx";
import { Select, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { Ref } from "#app/ui/ref-link.tsx";
import { Table } from "#app/ui/table.tsx";

type Right = { code: string; name: string; allowed: boolean; own: boolean };
type Props = { rights: Right[]; mayGive: boolean; reply?: FormReply };

/** Who may take leads away, and how an admin changes that of somebody else. */
export function RightsForm({ rights, mayGive, reply }: Props) {
  const t = useMessages().leads;
  const others = rights.filter(({ own }) => !own);
  return (
    <section className="stack">
      <h2>{t.rights}</h2>
      <Table
        caption={t.rights}
        rows={rights}
        rowKey={({ code }) => code}
        columns={[
          {
            key: "name",
            label: t.person,
            head: true,
            cell: ({ code, name, own }) => (
              <>
                <Ref code={code} name={name} />
                {own ? ` · ${t.you}` : ""}
              </>
            ),
          },
          {
            key: "right",
            label: t.rights,
            cell: ({ allowed }) => <State tone={allowed ? "good" : "plain"}>{allowed ? t.may : t.not}</State>,
          },
        ]}
      />
      {mayGive ? (
        <PostForm className="form card card--padded" action="/admin/leads/export">
          <ErrorSummary errors={reply?.errors ?? []} />
          <Select
            {...kept(reply, "code")}
            label={t.person}
            options={others.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
          />
          <TextField {...kept(reply, "reason")} label={t.reason} maxLength={200} required />
          <p className="actions">
            <button type="submit" name="allowed" value="yes" className="button button--main">
              {t.give}
            </button>
            <button type="submit" name="allowed" value="no" className="button button--quiet">
              {t.take}
            </button>
          </p>
        </PostForm>
      ) : null}
    </section>
  );
}
