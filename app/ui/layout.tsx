import type { ReactNode } from "react";
import type { Messages } from "#app/words.ts";
import { Banners, type BannerState } from "./banners.tsx";
import { Footer } from "./footer.tsx";
import { Icon } from "./icons.tsx";
import { useLang, useMessages } from "./language.tsx";
import { MainNav } from "./main-nav.tsx";
import { isStaff, type Work } from "./navigation.ts";
import { GoOn, PageFormEnter, speakField, thenField, usePageForm, useSavedForm } from "./page-form.tsx";
import { PostForm } from "./post-form.tsx";
import { SearchField } from "./search-field.tsx";
import { Toast } from "./toast.tsx";
import { WayToStep } from "./way-to-step.tsx";
import { Wordmark } from "./wordmark.tsx";

export type LayoutProps = {
  /** Path and query of this page: where the language switch comes back to. */
  path: string;
  viewer: { name: string; role: keyof Messages["accounts"]["roles"] } | null;
  cartItems?: number;
  work?: Work;
  banners: BannerState;
  /** The page is for everybody and stands without a database: nobody is known on it. */
  alone?: boolean;
  toast?: { message: string; tone?: "good" | "warn" } | null;
  children: ReactNode;
};

/** Header, banners, content and footer of every page. Banners come and go: the header above them stays where it is. */
export function Layout({ path, viewer, cartItems = 0, work = {}, banners, alone, toast, children }: LayoutProps) {
  const t = useMessages();
  return (
    <>
      <a className="skip" href="#content">
        {t.ui.skip}
      </a>
      <PageFormEnter />
      <header className="header">
        <div className="wrap">
          <GoOn className="wordmark" href={viewer ? homeOf(viewer.role) : "/"}>
            <Wordmark />
          </GoOn>
          {alone ? null : (
            <MainNav
              path={path}
              role={viewer?.role ?? null}
              acting={banners.acting !== null}
              cartItems={cartItems}
              work={work}
            />
          )}
          {viewer && isStaff(viewer.role) ? <SearchField typed={typedIn(path)} /> : null}
          <div className="header__tools">
            <LanguageSwitch path={path} />
            {viewer ? <SignOut name={viewer.name} /> : null}
          </div>
        </div>
      </header>
      <Banners {...banners} path={path} />
      <main className="wrap main" id="content" tabIndex={-1}>
        {viewer && isStaff(viewer.role) ? <WayToStep path={path} /> : null}
        {toast ? <Toast {...toast} /> : null}
        {children}
      </main>
      <Footer guest={viewer === null} path={path} />
    </>
  );
}

const homeOf = (role: string) => (isStaff(role) ? "/admin" : "/dashboard");
/** What was looked for, on the page that says so. */
const typedIn = (path: string) =>
  path.startsWith("/admin/search?") ? (new URLSearchParams(path.split("?")[1]).get("q") ?? "") : "";

function LanguageSwitch({ path }: { path: string }) {
  const t = useMessages();
  const other = useLang() === "id" ? "en" : "id";
  const form = usePageForm();
  const button = { className: "button button--bare", lang: other, title: t.ui.switchLanguageLabel };
  if (form)
    return (
      <button type="submit" form={form} name={speakField} value={other} formNoValidate {...button}>
        {t.ui.switchLanguage}
      </button>
    );
  return (
    <PostForm action="/language">
      <input type="hidden" name="lang" value={other} />
      <input type="hidden" name="next" value={path} />
      <button type="submit" {...button}>
        {t.ui.switchLanguage}
      </button>
    </PostForm>
  );
}

function SignOut({ name }: { name: string }) {
  const t = useMessages();
  const form = useSavedForm();
  const button = {
    className: "button button--bare",
    title: `${t.ui.nav.signOut}: ${name}`,
    children: (
      <>
        <Icon name="signOut" />
        <span className="header__sign-out">{t.ui.nav.signOut}</span>
      </>
    ),
  };
  if (form) return <button type="submit" form={form} name={thenField} value="/logout" formNoValidate {...button} />;
  return (
    <PostForm action="/logout">
      <button type="submit" {...button} />
    </PostForm>
  );
}
