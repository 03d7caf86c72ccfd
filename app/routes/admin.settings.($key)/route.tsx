import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { reply as handBack } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { changeSetting, findSetting, listSettings } from "#app/settings/setting.server.ts";
import { settingForm } from "#app/settings/setting.ts";
import { useMessages } from "#app/ui/language.tsx";
import { ListHead } from "#app/ui/list-page.tsx";
import { NumberTable } from "./number-table.tsx";
import { shown, shownIn } from "#app/settings/shown.ts";
import { SettingPage } from "./setting-page.tsx";
import { SwitchCard } from "./switch-card.tsx";
import { inFull } from "#app/ui/people.tsx";
import { title } from "#app/ui/title.ts";
import { wordFor } from "#app/ui/word.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.settings.title);

/** All settings, or with /:key the form of one. */
export async function loader(args: LoaderFunctionArgs) {
  const { key } = args.params;
  const { viewer, data } = await page(args, "staff", (db) =>
    key ? findSetting(db, key).then((one) => [one]) : listSettings(db),
  );
  return { settings: data, single: key !== undefined, mayChange: viewer.account?.role === "ADMIN", readAt: new Date() };
}

const meanwhile = z.object({ value: z.union([z.number(), z.boolean(), z.string()]), by: z.string().nullable() });

export async function action(args: ActionFunctionArgs) {
  const { key = "" } = args.params;
  return submit(args, "admin", settingForm, async (change, visit) => {
    const t = messages(visit.lang).settings;
    try {
      await visit.write((db) => changeSetting(db, key, change));
    } catch (error) {
      // Whoever saves has seen what he replaces; what another saved meanwhile is shown first.
      if (!(error instanceof DatabaseRefusal && error.reason === "STALE")) throw error;
      const { value, by } = meanwhile.parse(error.detail);
      return handBack(
        409,
        {
          value: typeof change.value === "number" ? shown(change.value, visit.lang) : String(change.value),
          reason: change.reason,
        },
        [
          {
            field: "value",
            message: t.changedMeanwhile(inFull((await visit.viewer()).names, by ?? ""), shownIn(t, value, visit.lang)),
          },
        ],
      );
    }
    return redirectWithToast(
      "/admin/settings",
      t.changed(wordFor(t.names, key) ?? key, shownIn(t, change.value, visit.lang)),
    );
  });
}

export default function Settings() {
  const t = useMessages();
  const { settings, single, mayChange, readAt } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  if (single) return <SettingPage setting={settings[0]!} mayChange={mayChange} reply={reply} />;
  return (
    <>
      <ListHead title={t.settings.title} lead={mayChange ? t.settings.lead : t.settings.readOnly} readAt={readAt} />
      <div className="columns columns--even">
        {settings
          .filter(({ kind }) => kind === "boolean")
          .map((setting) => (
            <SwitchCard key={setting.key} setting={setting} mayChange={mayChange} />
          ))}
      </div>
      <section className="stack">
        <h2>{t.settings.numbers}</h2>
        <NumberTable settings={settings.filter(({ kind }) => kind !== "boolean")} mayChange={mayChange} />
      </section>
    </>
  );
}
