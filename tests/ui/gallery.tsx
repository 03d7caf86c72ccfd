/**
 * Writes each look of the screen to a static file: `node --import tsx tests/ui/gallery.tsx <folder>`. Needs no
 * database.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { messages, type Lang } from "#app/words.ts";
import { AlertState, CreditLight, OrderStatusBadge, StockBadge, SyncStatusBadge, TierBadge } from "#app/ui/badges.tsx";
import type { BannerState } from "#app/ui/banners.tsx";
import { CartLine } from "#app/carts/cart-line.tsx";
import { CopyBox } from "#app/ui/copy-box.tsx";
import { Document } from "#app/ui/document.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { ErrorPage } from "#app/ui/error-page.tsx";
import { Facts, Figure } from "#app/ui/facts.tsx";
import { Filters } from "#app/ui/filters.tsx";
import { Checkbox, NumberField, Select, Textarea, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { LanguageProvider } from "#app/ui/language.tsx";
import { Layout } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { Moment } from "#app/ui/moment.tsx";
import type { Role } from "#app/accounts/viewer.ts";
import { Pager } from "#app/ui/pager.tsx";
import { PasswordField } from "#app/ui/password-field.tsx";
import { productPicture } from "#app/routes/pictures.$file/picture.ts";
import { ProductCard } from "#app/catalogue/product-card.tsx";
import { ActionBar, OrderSummary } from "#app/ui/summary.tsx";
import { Table } from "#app/ui/table.tsx";
import { Timeline } from "#app/ui/timeline.tsx";

const folder = process.argv[2];
if (!folder) throw new Error("Name the folder to write to.");
const lang: Lang = process.argv[3] === "en" ? "en" : "id";
const t = messages(lang);
const calm: BannerState = { degraded: false, stockAgeMinutes: 4, acting: null };
const shelves = [
  "shampoo",
  "conditioner",
  "hair-mask",
  "serum",
  "hair-color",
  "styling",
  "hair-tonic",
  "tools",
  "electric-tools",
  "bleach",
  "keratin",
  "perlengkapan",
];
const products = shelves.map((category, i) => ({
  sku: `ALF-${1000 + i}`,
  name: `${["Sampo Argan Nourish 1 L", "Kondisioner Keratin Repair 500 ml", "Masker Rambut Moroccan 1 kg"][i % 3]}`,
  brand: ["Rona", "Kirana", "Sekar Ayu"][i % 3]!,
  category,
  unit: "botol",
  picture: `${category}-${i + 1}-${i * 7 + 3}`,
  price: {
    own: 135_000 + i * 12_500,
    market: 150_000 + i * 12_500,
    volume: i % 2 ? null : { minimum: 12, price: 128_000 },
  },
  stock: (["HIGH", "LOW", "ZERO"] as const)[i % 3]!,
}));
const lines = products.slice(0, 4).map((product, i) => ({
  ...product,
  quantity: i + 2,
  unitPrice: product.price.own,
  total: product.price.own * (i + 2),
  unit: "botol",
  volumeMinimum: i === 2 ? 2 : null,
  badge: product.stock,
  left: i === 3 ? 4 : null,
}));

page(
  "products",
  "/products",
  "PARTNER",
  <>
    <div className="page-head">
      <h1>{t.catalogue.title}</h1>
    </div>
    <form className="search" method="get">
      <div className="search__line">
        <TextField name="q" type="search" label={t.catalogue.search} />
        <SubmitButton kind="quiet">{t.ui.actions.search}</SubmitButton>
      </div>
      <div className="search__selects">
        <Select
          name="brand"
          label={t.catalogue.brand}
          hiddenLabel
          options={[{ value: "", label: t.catalogue.allBrands }]}
        />
        <Select
          name="category"
          label={t.catalogue.category}
          hiddenLabel
          options={[{ value: "", label: t.catalogue.allCategories }]}
        />
      </div>
    </form>
    <div className="products">
      {products.map((product, i) => (
        <ProductCard
          key={product.sku}
          product={i === 4 ? { ...product, price: null, stock: null } : product}
          eager={i < 4}
        />
      ))}
    </div>
    <Pager next="/products?after=x" first="/products" shown={24} />
  </>,
  {
    degraded: true,
    stockAgeMinutes: 42,
    acting: { storeName: "Salon Budi", minutesLeft: 42, until: "2026-11-30T12:05:00Z" },
  },
);

page(
  "cart",
  "/cart",
  "PARTNER",
  <>
    <h1>{t.carts.title}</h1>
    <ErrorSummary errors={[{ field: `quantity-${lines[1]!.sku}`, message: t.carts.stockShort(5) }]} />
    <ul className="card">
      {lines.map((line, i) => (
        <CartLine
          key={line.sku}
          line={line}
          typed={i === 1 ? { quantity: "12", shown: "1", error: t.carts.stockShort(5) } : null}
        />
      ))}
    </ul>
    <section className="card card--padded">
      <h2>{t.carts.checkout.summary}</h2>
      <OrderSummary market={1_500_000} total={1_350_000} tier="GOLD" />
      <CreditLight state="AMBER" />
      <form className="stack">
        <Checkbox name="preorder" label={t.carts.checkout.preorder} hint={t.carts.checkout.preorderHint} />
        <Textarea name="note" label={t.carts.checkout.note} hint={t.carts.checkout.noteHint} />
      </form>
    </section>
    <ActionBar total={1_350_000}>
      <SubmitButton>{t.carts.checkout.ask}</SubmitButton>
    </ActionBar>
  </>,
);

page(
  "order",
  "/orders/ORD-2026-000042",
  "SALESMAN",
  <>
    <div className="page-head">
      <div>
        <h1>ORD-2026-000042</h1>
        <p className="row">
          <OrderStatusBadge status="SUBMITTED" /> <SyncStatusBadge status="PENDING_SYNC" ended={false} />
        </p>
      </div>
    </div>
    <div className="columns columns--main-side">
      <div className="stack">
        <Table
          caption={t.orders.lines}
          rows={lines}
          rowKey={(line) => line.sku}
          columns={[
            { key: "name", label: t.carts.product, head: true, cell: (line) => line.name },
            { key: "quantity", label: t.orders.quantity, number: true, cell: (line) => line.quantity },
            {
              key: "price",
              label: t.orders.unitPrice,
              number: true,
              cell: (line) => <Money amount={line.unitPrice} />,
            },
            { key: "total", label: t.orders.lineTotal, number: true, cell: (line) => <Money amount={line.total} /> },
          ]}
        />
        <CopyBox
          id="wa"
          label={t.orders.whatsapp.copyLabel}
          hint={t.orders.whatsapp.copyHint}
          text={"Order ORD-2026-000042\nSalon Budi\n2 x Sampo\nTotal Rp 1.350.000"}
        />
      </div>
      <aside className="stack">
        <div className="card card--padded">
          <Facts
            facts={[
              { label: t.orders.placedAt, value: <Moment at="2026-11-21T07:05:00Z" ago /> },
              { label: t.orders.placedBy, value: t.orders.placedBySalesman("Sari") },
            ]}
          />
        </div>
        <div className="card card--padded">
          <Timeline
            events={[
              { at: "2026-11-21T07:05:00Z", title: t.orders.events.PLACED!, by: "Sari" },
              { at: "2026-11-21T07:06:00Z", title: t.orders.events.ROUTED!, detail: "CV Sinar Timur" },
            ]}
          />
        </div>
      </aside>
    </div>
  </>,
  { ...calm, acting: { storeName: "Salon Budi", minutesLeft: 42, until: "2026-11-30T12:05:00Z" } },
);

page(
  "login",
  "/login",
  null,
  <div className="narrow">
    <h1>{t.accounts.login.title}</h1>
    <ErrorSummary errors={[{ field: "email", message: t.accounts.codes.SIGN_IN_FAILED }]} />
    <form className="form" method="post">
      <TextField
        name="email"
        type="email"
        label={t.accounts.login.email}
        error={t.http.codes.EMAIL}
        defaultValue="budi@"
      />
      <PasswordField name="password" label={t.accounts.login.password} hint={t.accounts.reset.passwordHint} />
      <NumberField name="hours" label={t.settings.hours} defaultValue="24" />
      <SubmitButton>{t.accounts.login.submit}</SubmitButton>
    </form>
  </div>,
);

page(
  "states",
  "/admin/orders",
  "AUDITOR",
  <>
    <h1>{t.ui.overview.title}</h1>
    <div className="figures-grid">
      <Figure label={t.ui.overview.ordersToday} href="#">
        128
      </Figure>
      <Figure label={t.ui.overview.waitingSync} note={<Moment at={new Date(Date.now() - 300_000)} ago />}>
        7
      </Figure>
      <Figure label={t.ui.dashboard.creditRoom}>
        <Money amount={12_350_000} />
      </Figure>
    </div>
    <Filters
      label={t.orders.status}
      links={(["SUBMITTED", "PROCESSING", "APPROVED"] as const).map((status, i) => ({
        label: t.orders.statuses[status],
        href: `#${status}`,
        current: i === 0,
        count: 12 * i + 3,
      }))}
    />
    <div className="card card--padded">
      <p className="row">
        {(["HIGH", "LOW", "ZERO"] as const).map((level) => (
          <StockBadge key={level} level={level} />
        ))}
      </p>
      <p className="row">
        <CreditLight state="GREEN" />
        <CreditLight state="AMBER" />
      </p>
      <p className="row">
        {(["SUBMITTED", "PROCESSING", "APPROVED", "SHIPPED", "COMPLETED", "REJECTED", "CANCELLED"] as const).map(
          (status) => (
            <OrderStatusBadge key={status} status={status} />
          ),
        )}
      </p>
      <p className="row">
        <SyncStatusBadge status="PENDING_SYNC" ended={false} />
        <SyncStatusBadge status="SYNCED" ended={false} />
        <SyncStatusBadge status="FAILED" ended={false} />
        <SyncStatusBadge status="FAILED" ended />
      </p>
      <p className="row">
        {(["SILVER", "GOLD", "PLATINUM"] as const).map((tier) => (
          <TierBadge key={tier} tier={tier} />
        ))}
      </p>
      <p className="row">
        {(["PENDING", "SENDING", "SENT", "FAILED"] as const).map((state) => (
          <AlertState key={state} state={state} />
        ))}
      </p>
    </div>
    <EmptyState
      icon="orders"
      title={t.orders.emptyTitle}
      text={t.orders.emptyText}
      action={{ href: "/products", label: t.orders.emptyAction }}
    />
  </>,
  { ...calm, bypassUntil: "2026-11-21T07:05:00Z" },
);

page("missing", "/nowhere", null, <ErrorPage kind={404} reference="01JD8Z3F" />);

writeFileSync(
  join(folder, "pictures.html"),
  '<body style="margin:0;display:grid;grid-template-columns:repeat(6,1fr);gap:8px">' +
    shelves
      .flatMap((shelf, i) =>
        [0, 1, 2, 3].map((n) => `<div>${productPicture(`${shelf}-${i + n * 3}-${n * 5 + i}`)}</div>`),
      )
      .join("") +
    "<style>svg{width:100%;height:auto}</style>",
);

function page(name: string, path: string, role: Role | null, children: ReactNode, banners = calm) {
  mkdirSync(join(folder!, "pictures"), { recursive: true });
  const html = renderToStaticMarkup(
    <LanguageProvider lang={lang}>
      <Document lang={lang} head={<title>{name}</title>}>
        <Layout
          path={path}
          viewer={role && { name: "Budi", role }}
          cartItems={3}
          banners={banners}
          toast={name === "order" ? { message: t.carts.checkout.sent("ORD-2026-000042") } : null}
        >
          {children}
        </Layout>
      </Document>
    </LanguageProvider>,
  );
  // Everything in one file: it is looked at from a disk.
  const css = readFileSync(new URL("../../app/ui/styles.css", import.meta.url), "utf8");
  const inlined = html
    .replace("</head>", `<style>${css}</style></head>`)
    .replace(
      /src="\/pictures\/([a-z0-9-]+)\.svg"/g,
      (_, slug: string) => `src="data:image/svg+xml,${encodeURIComponent(productPicture(slug) ?? "")}"`,
    );
  writeFileSync(join(folder!, `${name}.html`), `<!doctype html>${inlined}`);
}
