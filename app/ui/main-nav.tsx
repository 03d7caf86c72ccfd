import type { Messages } from "#app/words.ts";
import { Icon } from "./icons.tsx";
import { useMessages } from "./language.tsx";
import { currentItem, type NavGroup, navigation, type NavItem } from "./navigation.ts";

type Props = { path: string; role: keyof Messages["accounts"]["roles"] | null; acting: boolean; cartItems: number };

/** Where one can go, and where one is. */
export function MainNav({ path, role, acting, cartItems }: Props) {
  const t = useMessages();
  const pathname = path.split("?")[0]!;
  const { items, more } = navigation(t, role, acting, cartItems);
  const hidden = more.flatMap((group) => group.items);
  const current = currentItem([...items, ...hidden], pathname);
  // Under the thumb, at one place on every page: a page's own bar stands above it. No bar has more than five entries.
  return (
    <nav className={role ? "nav nav--thumb nav--fifths" : "nav nav--thumb"} aria-label={t.ui.nav.label}>
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
