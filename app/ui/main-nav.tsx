import type { Messages } from "#app/words.ts";
import { Icon } from "./icons.tsx";
import { useMessages } from "./language.tsx";
import { currentItem, type NavGroup, navigation, type NavItem, shortCount, type Work } from "./navigation.ts";
import { GoOn } from "./page-form.tsx";

type Props = {
  path: string;
  role: keyof Messages["accounts"]["roles"] | null;
  acting: boolean;
  cartItems: number;
  work: Work;
};

/** Where one can go, and where one is. */
export function MainNav({ path, role, acting, cartItems, work }: Props) {
  const t = useMessages();
  const pathname = path.split("?")[0]!;
  const { items, more } = navigation(t, role, acting, cartItems, work);
  const hidden = more.flatMap((group) => group.items);
  const current = currentItem([...items, ...hidden], pathname);
  // Under the thumb, at one place on every page: a page's own bar stands above it. No bar has more than five entries.
  return (
    <nav className={role ? "nav nav--thumb nav--fifths" : "nav nav--thumb"} aria-label={t.ui.nav.label}>
      <ul>
        {items.map((item) => (
          <li key={item.href}>
            <GoOn className="nav__entry" href={item.href} current={item === current ? "page" : undefined}>
              <Icon name={item.icon} />
              <Counted item={item} />
            </GoOn>
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

/** What an entry is called, and how much is behind it, in words for who does not see the number. */
function Counted({
  item: { label, count = 0, countLabel },
}: {
  item: Pick<NavItem, "label" | "count" | "countLabel">;
}) {
  return (
    <>
      <span>
        {label}
        {count > 0 ? <span className="hidden">{`, ${countLabel}`}</span> : null}
      </span>
      {count > 0 ? (
        <span className="nav__count" aria-hidden="true">
          {shortCount(count)}
        </span>
      ) : null}
    </>
  );
}

/** Pages that the bar has no room for, by what they are about. It says where one is, without being opened. */
function More({ groups, current }: { groups: NavGroup[]; current: NavItem | undefined }) {
  const t = useMessages();
  const count = groups.flatMap(({ items }) => items).reduce((sum, item) => sum + (item.count ?? 0), 0);
  return (
    <details className="more">
      <summary className={current ? "nav__entry more__here" : "nav__entry"}>
        <Icon name="more" />
        <Counted item={{ label: t.ui.nav.more, count, countLabel: t.ui.nav.waiting(shortCount(count)) }} />
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
                    <GoOn href={item.href} current={item === current ? "page" : undefined}>
                      <Icon name={item.icon} />
                      <Counted item={item} />
                    </GoOn>
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
