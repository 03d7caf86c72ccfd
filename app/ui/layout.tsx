import type { ReactNode } from "react";
import { Banners, type BannerState } from "./banners.tsx";
import { Icon } from "./icons.tsx";
import { useLang, useMessages } from "./language.tsx";
import { currentItem, type NavGroup, navigation, type NavItem, type Role } from "./navigation.ts";
import { PostForm } from "./post-form.tsx";
import { Toast } from "./toast.tsx";

export type LayoutProps = {
  /** Path and query of this page: where the language switch comes back to. */
  path: string;
  viewer: { name: string; role: Role } | null;
  cartItems?: number;
  banners: BannerState;
  toast?: { message: string; tone?: "good" | "warn" } | null;
  children: ReactNode;
};

/** Banners, header, content and footer of every page. */
export function Layout({ path, viewer, cartItems = 0, banners, toast, children }: LayoutProps) {
  const t = useMessages();
  return (
    <>
      <a className="skip" href="#content">
        {t.ui.skip}
      </a>
      <Banners {...banners} />
      <header className="header">
        <div className="wrap">
          <a className="wordmark" href={viewer ? homeOf(viewer.role) : "/"}>
            <Wordmark />
          </a>
          <MainNav path={path} role={viewer?.role ?? null} acting={banners.acting !== null} cartItems={cartItems} />
          <div className="header__tools">
            <LanguageSwitch path={path} />
            {viewer ? <SignOut name={viewer.name} /> : null}
          </div>
        </div>
      </header>
      <main className="wrap main" id="content" tabIndex={-1}>
        {toast ? <Toast {...toast} /> : null}
        {children}
      </main>
      <footer className="footer">
        <p className="wrap">{t.ui.footer}</p>
      </footer>
    </>
  );
}

function homeOf(role: Role) {
  return role === "ADMIN" || role === "AUDITOR" ? "/admin" : "/dashboard";
}

function MainNav({
  path,
  role,
  acting,
  cartItems,
}: {
  path: string;
  role: Role | null;
  acting: boolean;
  cartItems: number;
}) {
  const t = useMessages();
  const pathname = path.split("?")[0]!;
  const { items, more } = navigation(t, role, acting, cartItems);
  const hidden = more.flatMap((group) => group.items);
  const current = currentItem([...items, ...hidden], pathname);
  // Five entries fit under a thumb. Where the page has its own bar at the bottom, or there are more, they stay on top.
  const row = items.length + (more.length > 0 ? 1 : 0) <= 5;
  const thumb = row && !/^\/(cart|checkout)\b/.test(pathname);
  return (
    <nav className={`nav${row ? " nav--row" : ""}${thumb ? " nav--thumb" : ""}`} aria-label={t.ui.nav.label}>
      <ul>
        {items.map((item) => (
          <li key={item.href}>
            <a href={item.href} aria-current={item === current ? "page" : undefined}>
              <Icon name={item.icon} />
              <span>
                {item.label}
                {item.count ? <span className="hidden">{`, ${item.countLabel}`}</span> : null}
              </span>
              {item.count ? (
                <span className="nav__count" aria-hidden="true">
                  {item.count}
                </span>
              ) : null}
            </a>
          </li>
        ))}
        {more.length > 0 ? (
          <li>
            <More groups={more} current={hidden.includes(current!) ? current : undefined} />
          </li>
        ) : null}
      </ul>
    </nav>
  );
}

/** Pages that the bar has no room for, by what they are about. It says where one is, without being opened. */
function More({ groups, current }: { groups: NavGroup[]; current: NavItem | undefined }) {
  const t = useMessages();
  return (
    <details className="more">
      <summary className={current ? "more__here" : undefined}>
        <Icon name="more" />
        <span>{t.ui.nav.more}</span>
        {current ? <span className="hidden">{`: ${current.label}`}</span> : null}
      </summary>
      <div className="more__sheet">
        <div className="wrap more__groups">
          {groups.map(({ label, items }) => (
            <div key={label}>
              <p className="quiet">{label}</p>
              <ul>
                {items.map((item) => (
                  <li key={item.href}>
                    <a href={item.href} aria-current={item === current ? "page" : undefined}>
                      <Icon name={item.icon} />
                      {item.label}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </div>
    </details>
  );
}

function LanguageSwitch({ path }: { path: string }) {
  const t = useMessages();
  const other = useLang() === "id" ? "en" : "id";
  return (
    <PostForm action="/language">
      <input type="hidden" name="lang" value={other} />
      <input type="hidden" name="next" value={path} />
      <button type="submit" className="button button--bare" lang={other} title={t.ui.switchLanguageLabel}>
        {t.ui.switchLanguage}
      </button>
    </PostForm>
  );
}

function SignOut({ name }: { name: string }) {
  const t = useMessages();
  return (
    <PostForm action="/logout">
      <button type="submit" className="button button--bare" title={`${t.ui.nav.signOut}: ${name}`}>
        <Icon name="signOut" />
        <span className="header__sign-out">{t.ui.nav.signOut}</span>
      </button>
    </PostForm>
  );
}

/** The name of the house: a lock of hair in a stroke, and two words. */
function Wordmark() {
  return (
    <>
      <svg className="wordmark__sign" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="#6d2b57" />
        <path
          d="M8 24C8 12 14 7 20 7c3 0 4.5 2 4.5 4 0 6-10 5-10 12"
          fill="none"
          stroke="#fbf9f7"
          strokeWidth="2.4"
          strokeLinecap="round"
        />
        <path d="M19 24c0-4 5-5 5.5-9" fill="none" stroke="#e3a5cd" strokeWidth="2.4" strokeLinecap="round" />
      </svg>
      <span>
        Alfa <em>Beauty</em>
      </span>
    </>
  );
}
