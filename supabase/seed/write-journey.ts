import pg from "pg";

/** The store that only tries, with the demo's password; made once. The rest of the demo knows nothing of it. */
export async function writeJourney(adminUrl: string, email: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query("begin");
    const { rows } = await client.query<{ id: string }>(
      `insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data,
          raw_user_meta_data, is_sso_user, is_anonymous, created_at, updated_at)
        select gen_random_uuid(), u.aud, u.role, $1::text, u.encrypted_password, now(), u.raw_app_meta_data, '{}',
               false, false, now(), now()
          from auth.users u
         where u.email = 'budi@demo.test' and not exists (select from auth.users where email = $1)
       returning id`,
      [email],
    );
    const id = rows[0]?.id;
    if (id) {
      await client.query(
        `insert into auth.identities (id, user_id, provider, provider_id, identity_data, created_at, updated_at)
          select id, id, 'email', id::text, jsonb_build_object('sub', id, 'email', email), now(), now()
            from auth.users where id = $1`,
        [id],
      );
      await client.query("select private.make_journey($1)", [id]);
    }
    await client.query("commit");
  } finally {
    await client.end();
  }
}
