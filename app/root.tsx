import { data, type LinksFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, useLocation, useRouteError, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { defaultLang } from "#app/locales/messages.ts";
import type { Interrupted } from "#app/http/submit.server.ts";
import { takeToast } from "#app/http/toast.server.ts";
import { visitOf } from "#app/http/visit.server.ts";
import type { BannerState } from "#app/ui/banners.tsx";
import { Document } from "#app/ui/document.tsx";
import { errorKind, ErrorPage } from "#app/ui/error-page.tsx";
import { LanguageProvider, useMessages } from "#app/ui/language.tsx";
import { Layout as Frame } from "#app/ui/layout.tsx";
import { SignInForm } from "#app/ui/sign-in-form.tsx";
import { title } from "#app/ui/title.ts";
import stylesheet from "./ui/styles.css?url";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: stylesheet }];
export const meta = title((t) => t.tagline);

/** What the frame around every page shows: who is here, for which store, and what hangs over the shop. */
export async function loader(args: LoaderFunctionArgs) {
  const visit = await visitOf(args);
  const { account, store, acting, cartLines, degraded, stockAgeMinutes, bypassUntil } = await visit.me();
  const banners: BannerState = {
    degraded,
    stockAgeMinutes,
    bypassUntil,
    acting: acting && store ? { storeName: store.name, minutesLeft: acting.minutes } : null,
  };
  const viewer = account && { name: account.name, role: account.role };
  const kept = takeToast(args.request);
  return data(
    { lang: visit.lang, path: visit.path, requestId: args.context.requestId, viewer, banners, cartLines, toast: kept?.toast ?? null },
    { headers: kept?.headers },
  );
}

export default Outlet;

/** Around pages and errors alike. Without the root's data (the database is away) the frame is that of a guest. */
export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>("root");
  const { pathname } = useLocation();
  const lang = root?.lang ?? defaultLang;
  return (
    <LanguageProvider lang={lang}>
      <Document lang={lang} head={<><Meta /><Links /></>} dev={import.meta.env.DEV ? <Scripts /> : null}>
        <Frame
          path={root?.path ?? pathname}
          viewer={root?.viewer ?? null}
          cartItems={root?.cartLines}
          banners={root?.banners ?? { degraded: false, stockAgeMinutes: null, acting: null }}
          toast={root?.toast}
        >
          {children}
        </Frame>
      </Document>
    </LanguageProvider>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  const root = useRouteLoaderData<typeof loader>("root");
  const answer = isRouteErrorResponse(error) ? error : null;
  const interrupted = (answer?.data as { interrupted?: Interrupted } | undefined)?.interrupted;
  if (answer?.status === 401 && interrupted) return <SignInAgain interrupted={interrupted} />;
  const kind = errorKind(answer?.status ?? 500);
  // The text of an answer of ours is for the reader; Remix's own ("Error: No route matches URL") is not.
  const detail = answer && answer.status !== 404 && answer.status < 500 && typeof answer.data === "string" && !answer.data.startsWith("Error:") ? answer.data : null;
  return <ErrorPage kind={kind} detail={detail} reference={root?.requestId} signedIn={Boolean(root?.viewer)} next={root?.path} />;
}

/** The login ended while a form was being filled in: sign in here, and the form is offered again. */
function SignInAgain({ interrupted }: { interrupted: Interrupted }) {
  const t = useMessages();
  return (
    <div className="narrow">
      <h1>{t.errors.pages.expired![0]}</h1>
      <p className="lead">{t.login.keptForm}</p>
      <SignInForm interrupted={interrupted} />
    </div>
  );
}
