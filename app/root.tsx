import { data, type LoaderFunctionArgs } from "@remix-run/node";
import { Meta, Outlet, Scripts, useLocation, useMatches, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { defaultLang } from "#app/words.ts";
import { takeToast } from "#app/http/toast.server.ts";
import { env } from "#app/env.server.ts";
import { isFound } from "#app/ui/public-pages.ts";
import { seenOn } from "#app/http/seen-on.server.ts";
import { visitOf } from "#app/http/visit.server.ts";
import { maintenanceBanner } from "#app/http/maintenance.server.ts";
import { guest } from "#app/accounts/viewer.ts";
import { standsAlone } from "#app/status/maintenance.ts";
import { writeShownFor } from "#app/accounts/shown-for.ts";
import type { BannerState } from "#app/ui/banners.tsx";
import { Document } from "#app/ui/document.tsx";
import { HereProvider } from "#app/ui/here.tsx";
import { LanguageProvider } from "#app/ui/language.tsx";
import { Layout as Frame } from "#app/ui/layout.tsx";
import { isStaff } from "#app/ui/navigation.ts";
import { PeopleProvider } from "#app/ui/people.tsx";
import { type PageForm, type PageFormOf, PageFormProvider } from "#app/ui/page-form.tsx";
import { SaidProvider } from "#app/ui/said.tsx";
import { ShownForProvider } from "#app/ui/post-form.tsx";
import { title } from "#app/ui/title.ts";
import staffStyles from "./ui/staff.css?url";
import styles from "./ui/styles.css?url";

export const meta = title((t) => t.ui.tagline);

/** What the frame around every page shows: who is here, for which store, and what hangs over the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const visit = await visitOf(args);
  const pathname = visit.path.split("?")[0]!;
  const alone = standsAlone(pathname);
  const viewer = alone ? guest : await seenOn(visit);
  const { account, store, acting, cartLines, degraded, stockAsOf, stockAgeMinutes, bypassUntil, work } = viewer;
  const banners: BannerState = {
    maintenance: alone ? null : maintenanceBanner(visit.lang, pathname),
    degraded,
    reader: account ? readers[account.role] : "guest",
    stockAgeMinutes,
    stockUnknown: account !== null && stockAsOf === null,
    bypassUntil: isStaff(account?.role) ? bypassUntil : null,
    acting: acting && store ? { storeName: store.name, minutesLeft: acting.minutes, until: acting.until } : null,
  };
  const kept = takeToast(args.request);
  return data(
    {
      lang: visit.lang,
      path: visit.path,
      site: !account && isFound(visit.path) ? env.APP_URL : null, // For the addresses that search engines are told.
      alone,
      requestId: args.context.requestId,
      viewer: account && { name: account.name, role: account.role },
      shownFor: writeShownFor(viewer),
      banners,
      cartLines: store ? cartLines : undefined,
      work,
      names: viewer.names,
      toast: kept?.toast ?? null,
    },
    { headers: kept?.headers },
  );
}

const readers = { PARTNER: "store", SALESMAN: "salesman", ADMIN: "admin", AUDITOR: "auditor" } as const;

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export default Outlet;

/** Around pages and errors alike. Without the root's data (the database is away) the frame is that of a guest. */
export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>("root");
  const { pathname } = useLocation();
  const lang = root?.lang ?? defaultLang;
  const pageForm = pageFormOf(useMatches().at(-1));
  return (
    <LanguageProvider lang={lang}>
      <Document
        lang={lang}
        head={
          <>
            <Meta />
            <link rel="stylesheet" href={isStaff(root?.viewer?.role) ? staffStyles : styles} />
          </>
        }
        dev={import.meta.env.DEV ? <Scripts /> : null}
      >
        <ShownForProvider value={root?.shownFor ?? ""}>
          <HereProvider value={root?.path ?? ""}>
            <PeopleProvider names={root?.names ?? null}>
              <PageFormProvider value={pageForm}>
                <Frame
                  path={root?.path ?? pathname}
                  viewer={root?.viewer ?? null}
                  alone={root?.alone}
                  cartItems={root?.cartLines}
                  work={root?.work ?? {}}
                  banners={root?.banners ?? { degraded: false, stockAgeMinutes: null, acting: null }}
                  toast={root?.toast?.at ? null : root?.toast}
                >
                  <SaidProvider value={root?.toast ?? null}>{children}</SaidProvider>
                </Frame>
              </PageFormProvider>
            </PeopleProvider>
          </HereProvider>
        </ShownForProvider>
      </Document>
    </LanguageProvider>
  );
}

// Without its data (an error) a page shows no form.
function pageFormOf(match: { handle?: unknown; data: unknown } | undefined): PageForm | null {
  const { handle, data } = match ?? {};
  return data && isPageFormHandle(handle) ? handle.pageForm(data) : null;
}

const isPageFormHandle = (handle: unknown): handle is { pageForm: PageFormOf<unknown> } =>
  typeof handle === "object" && handle !== null && "pageForm" in handle;
