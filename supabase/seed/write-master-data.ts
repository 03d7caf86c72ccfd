import bcrypt from "bcrypt";
import type pg from "pg";
import { brands, catalogue, categories, type Product, regions, subDistributors } from "./catalogue.ts";
import { accounts, assignments, demoPassword, partners } from "./people.ts";
import { continueIds, insertRows, type Row } from "./rows.ts";

/** Regions, people and catalogue. @returns the catalogue with which the history goes on. */
export async function writeMasterData(client: pg.ClientBase, since: Date, passwordCost = 10): Promise<Product[]> {
  await writePeople(client, since, passwordCost);
  return await writeCatalogue(client);
}

async function writePeople(client: pg.ClientBase, since: Date, passwordCost: number) {
  await insertRows(client, "app.regions", regions);
  await insertRows(client, "app.sub_distributors", subDistributors);
  await writeLogins(client, since, passwordCost);
  await insertRows(
    client,
    "app.accounts",
    accounts.map(({ id, code, role, name, language = "id" }) => ({
      id,
      code,
      role,
      name,
      language,
      status: "ACTIVE",
      created_at: since,
    })),
  );
  await insertRows(
    client,
    "app.partners",
    partners.map((p) => ({
      id: p.id,
      account_id: p.accountId,
      code: p.code,
      name: p.name,
      tier: p.tier,
      region_code: p.region,
      city: p.city,
      salon_type: p.salonType,
      chairs: p.chairs,
      specialisation: p.specialisation,
      latitude: p.latitude,
      longitude: p.longitude,
      credit_limit: p.creditLimit,
      shadow_allowed: true,
      created_at: since,
    })),
  );
  await insertRows(
    client,
    "app.partner_contacts",
    partners.map((p) => ({ partner_id: p.id, owner_email: p.email, owner_whatsapp: p.whatsapp })),
  );
  await insertRows(
    client,
    "app.assignments",
    assignments.map(({ salesman, partner }) => ({ salesman_id: salesman.id, partner_id: partner.id, since })),
  );
  await continueIds(client, "app.sub_distributors");
}

/** One hash for all, since it is one password: a bcrypt of cost 10 each would take seconds. */
async function writeLogins(client: pg.ClientBase, since: Date, passwordCost: number) {
  const encrypted_password = await bcrypt.hash(demoPassword, passwordCost);
  const hosted = await columnsOfHostedAuth(client);
  await insertRows(
    client,
    "auth.users",
    accounts.map(({ id, email, name }) => ({
      id,
      aud: "authenticated",
      role: "authenticated",
      email,
      encrypted_password,
      email_confirmed_at: since,
      raw_app_meta_data: { provider: "email", providers: ["email"] },
      raw_user_meta_data: { name },
      is_sso_user: false,
      is_anonymous: false,
      created_at: since,
      updated_at: since,
      ...hosted,
    })),
  );
  await insertRows(
    client,
    "auth.identities",
    accounts.map(({ id, email }) => ({
      id,
      user_id: id,
      provider: "email",
      provider_id: id,
      created_at: since,
      updated_at: since,
      identity_data: { sub: id, email, email_verified: true },
    })),
  );
}

/**
 * Hosted Supabase Auth wants an instance and reads its token columns as text that is never null;
 * the embedded one has no instance. The catalog tells which of the two this is.
 */
async function columnsOfHostedAuth(client: pg.ClientBase): Promise<Row> {
  const { rows } = await client.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_schema = 'auth' and table_name = 'users'`,
  );
  const known = new Set(rows.map(({ name }) => name));
  if (!known.has("instance_id")) return {};
  const tokens = [
    "confirmation_token",
    "recovery_token",
    "email_change",
    "email_change_token_new",
    "email_change_token_current",
    "phone_change",
    "phone_change_token",
    "reauthentication_token",
  ];
  return {
    instance_id: "00000000-0000-0000-0000-000000000000",
    ...Object.fromEntries(tokens.filter((name) => known.has(name)).map((name) => [name, ""])),
  };
}

async function writeCatalogue(client: pg.ClientBase): Promise<Product[]> {
  const products = catalogue();
  await insertRows(
    client,
    "app.brands",
    brands.map(({ name }, i) => ({ id: i + 1, slug: name.toLowerCase(), name })),
  );
  await insertRows(
    client,
    "app.categories",
    categories.map((category, i) => ({ id: i + 1, ...category })),
  );
  await insertRows(
    client,
    "app.products",
    products.map((p) => ({
      id: p.id,
      sku: p.sku,
      brand_id: p.brandId,
      category_id: p.categoryId,
      name: p.name,
      description_id: p.descriptionId,
      description_en: p.descriptionEn,
      unit: p.unit,
      picture: p.picture,
      active: true,
    })),
  );
  await insertRows(
    client,
    "app.prices",
    products.flatMap((p) =>
      Object.entries(p.prices).map(([tier, price]) => ({
        product_id: p.id,
        tier,
        price: price.price,
        volume_minimum: price.volumeMinimum,
        volume_price: price.volumePrice,
      })),
    ),
  );
  await continueIds(client, "app.brands", "app.categories", "app.products");
  return products;
}
