-- The search: articles are found the way people type them, by SKU whole or in part, with or without its hyphen, by
-- 4.66, 4,66, 4/66 or 4-66, without accents, by another word for the same thing, by 1 L or 1000 ml.
--
-- Names and what is typed go through the same functions, so that they cannot disagree. What depends on a table is kept
-- by triggers (of app.products and of what its articles are named by), and is not an expression of an index. Anybody
-- may search, and is given the numbers of articles: what he may see of them is asked by their own policies.

create table app.search_synonyms (
  word  text not null check (word ~ '^[a-z]{1,40}$'),
  means text not null check (means ~ '^[a-z]{1,40}$'),
  times numeric check (times > 0),
  primary key (word, means)
);
comment on table app.search_synonyms is
  'Whoever types `word` is also shown what says `means`: small letters, no accents. With `times` it is a unit: a '
  'litre is 1000 ml.';
create unique index on app.search_synonyms (word) where times is not null;

call private.for_staff(array['search_synonyms'], p_kept => false);

-- Units: what one of it is in the smallest unit of its kind.
insert into app.search_synonyms (word, means, times) values
  ('ml', 'ml', 1), ('mili', 'ml', 1), ('mililiter', 'ml', 1), ('milliliter', 'ml', 1), ('millilitre', 'ml', 1),
  ('cc', 'ml', 1),
  ('l', 'ml', 1000), ('lt', 'ml', 1000), ('ltr', 'ml', 1000), ('liter', 'ml', 1000), ('litre', 'ml', 1000),
  ('liters', 'ml', 1000), ('litres', 'ml', 1000),
  ('g', 'g', 1), ('gr', 'g', 1), ('gram', 'g', 1), ('grams', 'g', 1),
  ('kg', 'g', 1000), ('kilo', 'g', 1000), ('kilogram', 'g', 1000),
  ('mm', 'mm', 1), ('cm', 'mm', 10), ('inci', 'inch', 1), ('inch', 'inch', 1), ('inches', 'inch', 1), ('in', 'inch', 1),
  ('w', 'watt', 1), ('watt', 'watt', 1), ('vol', 'vol', 1), ('volume', 'vol', 1), ('volumes', 'vol', 1);

-- Other words: what salons call it, in both languages and as it is often misspelt.
insert into app.search_synonyms (word, means) values
  ('sampo', 'shampoo'), ('shampo', 'shampoo'), ('sampoo', 'shampoo'), ('syampo', 'shampoo'), ('keramas', 'shampoo'),
  ('conditioner', 'kondisioner'), ('kondisoner', 'kondisioner'), ('kondisioner', 'conditioner'),
  ('creme', 'cream'), ('creme', 'krim'), ('krim', 'cream'), ('krem', 'cream'), ('krem', 'krim'), ('cream', 'krim'),
  ('mask', 'masker'), ('masker', 'mask'), ('vitamin', 'serum'), ('minyak', 'oil'),
  ('cat', 'pewarna'), ('semir', 'pewarna'), ('dye', 'pewarna'), ('colour', 'pewarna'), ('color', 'pewarna'),
  ('warna', 'pewarna'), ('hair', 'rambut'),
  ('oksidan', 'developer'), ('oxidant', 'developer'), ('peroxide', 'developer'), ('peroksida', 'developer'),
  ('bleach', 'bleaching'), ('bliching', 'bleaching'), ('pemutih', 'bleaching'),
  ('powder', 'bubuk'), ('powder', 'bedak'), ('puder', 'bubuk'),
  ('coklat', 'cokelat'), ('brown', 'cokelat'), ('blonde', 'pirang'), ('black', 'hitam'), ('red', 'merah'),
  ('copper', 'tembaga'), ('ash', 'abu'), ('platinum', 'platina'), ('pearl', 'mutiara'), ('burgundy', 'anggur'),
  ('scissors', 'gunting'), ('comb', 'sisir'), ('brush', 'sikat'), ('brush', 'kuas'), ('clip', 'jepit'),
  ('clipper', 'mesin'), ('straightener', 'catok'), ('catokan', 'catok'), ('hairdryer', 'dryer'), ('pengering', 'dryer'),
  ('beard', 'jenggot'), ('balm', 'balsem'),
  ('polish', 'kuteks'), ('kutek', 'kuteks'), ('acetone', 'aseton'), ('scrub', 'lulur'), ('pelurus', 'smoothing'),
  ('rebonding', 'smoothing'), ('dandruff', 'ketombe'), ('pomad', 'pomade'), ('semprot', 'spray'), ('jel', 'gel');

-- A unit or another word was added, changed or taken away: every article is written anew. What salons say is spelt
-- wrongly as well.
create function private.keep_units_searchable() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update app.products p set name = p.name;
  insert into private.search_vocabulary select word from app.search_synonyms where times is null on conflict do nothing;
  return null;
end $$;
create trigger _100_keep_searchable after insert or update or delete on app.search_synonyms
  for each statement execute function private.keep_units_searchable();

-- The words that a wrongly spelt one is compared with: those of articles, and other words for them. One of an article
-- that went away may stay: a suggestion is tried first.
create table private.search_vocabulary (word text primary key);
insert into private.search_vocabulary select distinct word from app.search_synonyms where times is null;
create index search_vocabulary_near_idx on private.search_vocabulary using gist (word extensions.gist_trgm_ops);

alter table private.search_vocabulary enable row level security;

-- From a text to words, and from words to a question.

-- Small mails without accents; full-width and composed characters as the plain ones. unaccent() is not immutable,
-- since its dictionary could be changed; with the dictionary named outright it is as good as that: whoever changes it
-- writes the articles anew.
create function private.fold(p_text text) returns text
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
  select lower(extensions.unaccent('extensions.unaccent'::regdictionary, normalize(p_text, NFKC)) collate "pg_c_utf8")
$$;

-- The words of a text in their order: letters, numbers (4.66 for 4,66, 4/66 and 4-66 too), and quantities in their
-- smallest unit (1 L is 1000ml). Letters and digits are apart, hyphen or none. No word has a quote or a backslash in
-- it.
create function private.search_terms(p_text text) returns text[]
language plpgsql stable strict parallel safe set search_path = pg_catalog, pg_temp as $$
declare
  v_unit app.search_synonyms; v_tokens text[]; v_terms text[] := '{}'; v_token text; v_at integer := 1;
begin
  select array_agg(m[1]) into v_tokens
    from regexp_matches(
      regexp_replace(private.fold(p_text), '[''`´‘’ʼ]', '', 'g'),
      '[0-9]+(?:[.,/-][0-9]+)*|[^0-9\s!-/:-@\[-`{-~]+', 'g') m;
  while v_at <= coalesce(array_length(v_tokens, 1), 0) loop
    v_token := v_tokens[v_at];
    v_unit := null;
    if v_token ~ '^[0-9]{1,9}([.,][0-9]{1,9})?$' then
      select * into v_unit from app.search_synonyms where word = v_tokens[v_at + 1] and times is not null;
    end if;
    if v_unit.times is not null then
      -- Of the smallest unit nobody has thousandths: 1.000 ml is a thousand.
      v_token := case
        when v_unit.times = 1 then regexp_replace(v_token, '[.,]([0-9]{3})$', '\1')
        else v_token end;
      v_terms := v_terms
        || (trim_scale(replace(v_token, ',', '.')::numeric * v_unit.times)::text || v_unit.means);
      v_at := v_at + 2;
    else
      v_terms := v_terms || regexp_replace(v_token, '[,/-]', '.', 'g');
      v_at := v_at + 1;
    end if;
  end loop;
  return v_terms;
end $$;

-- Terms as a question: all of them, each as the beginning of a word or by its synonym. p_whole: whole words of the name
-- or SKU.
create function private.search_query(p_terms text[], p_whole boolean default false) returns tsquery
language sql stable parallel safe set search_path = pg_catalog, pg_temp as $$
  select string_agg('(' || quote_literal(t.term)
             || case when p_whole then ':A' when t.term ~ '^[0-9.]+[a-z]' then '' else ':*' end
             || coalesce((select string_agg(' | ' || quote_literal(s.means)
                                   || case when p_whole then ':A' else '' end, '')
                            from app.search_synonyms s
                           where s.word = t.term and s.times is null), '')
             || ')', ' & ')::tsquery
    from (select term from unnest(p_terms) term limit 24) t
$$;

-- Every way a text may be asked for: as it is, its pieces (66 of 4.66, oreal of L'Oréal), without its hyphens.
create function private.search_lexemes(p_text text, p_weight text) returns tsvector
language sql stable parallel safe set search_path = pg_catalog, pg_temp as $$
  select coalesce(string_agg(quote_literal(term) || ':1' || p_weight, ' '), '')::tsvector from (
    select unnest(private.search_terms(p_text)) as term
    union select unnest(private.search_terms(regexp_replace(private.fold(p_text), '[''`´‘’ʼ]', ' ', 'g')))
    union select unnest(private.search_terms(regexp_replace(private.fold(p_text), '([a-z])-([a-z])', '\1\2', 'g')))
    union select m[1] from regexp_matches(private.fold(p_text), '[0-9]+|[^0-9\s!-/:-@\[-`{-~]+', 'g') m) t
$$;

-- What was typed, and what it finds.

-- Keys (app.products.sku_key) that a typed SKU can mean: itself, and with the zeros that nobody says, ALF-42 for
-- ALF-0042.
create function private.sku_keys(p_typed text) returns text[]
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
  select key || array(
           select m[1] || lpad(m[2], n, '0')
             from regexp_match(key, '^([A-Z]{1,8})([1-9][0-9]{0,5})$') m, generate_series(length(m[2]) + 1, 7) n)
    from (select upper(regexp_replace(private.fold(p_typed), '[ -]', '', 'g')) as key) k
$$;

-- Articles that what was typed can mean; rank 0: it is their SKU or name, 1: whole words of it, 2: beginnings, shelf or
-- brand, 3: a part of the SKU. Of active articles, which everybody may see, and nothing but their numbers: who may see
-- what of them, and whether his login is alive, is asked by the policies of the query around it. As the owner, since an
-- index on words cannot be used behind a policy.
create function private.find_products(p_typed text) returns table (id bigint, rank integer)
language plpgsql stable security definer rows 50 set search_path = pg_catalog, pg_temp as $$
declare
  v_terms text[] := private.search_terms(left(p_typed, 400));
  v_name text := array_to_string(v_terms, ' ');
  v_begins tsquery := private.search_query(v_terms);
  v_whole tsquery := private.search_query(v_terms, true);
  v_keys text[] := private.sku_keys(left(p_typed, 400));
  v_sku text := v_keys[1];
  -- 4-66 is a shade.
  v_part text := case
    when v_sku ~ '^[0-9A-Z]{3,32}$' and v_sku ~ '[0-9]' and (v_sku ~ '[A-Z]' or btrim(p_typed) = v_sku)
      then '%' || v_sku || '%' end;
begin
  return query
    select p.id, case
             when p.sku_key = any (v_keys) or p.name_key = v_name then 0
             when p.search @@ v_whole then 1
             when p.search @@ v_begins then 2
             else 3 end
      from app.products p
     where p.active and (p.search @@ v_begins or p.sku_key like v_part or p.sku_key = any (v_keys));
end $$;
grant execute on function private.find_products to anon, authenticated;

-- The same for the catalogue, where several SKUs may be typed at once, apart by spaces, commas, semicolons, tabs or
-- ends of lines; a SKU itself may have its space («ALF 0005»). Where two of what was typed are SKUs, or one and all of
-- it as words finds nothing, it is a list of SKUs: each article once, its rank where it was typed, and whatever is no
-- SKU without an article. `typed` says which of it a row is about, and is null where words were looked for.
create function private.find_articles(p_typed text) returns table (id bigint, rank integer, typed text)
language plpgsql stable security definer rows 50 set search_path = pg_catalog, pg_temp as $$
begin
  return query
    with pieces as materialized (
      -- Keys in the collation of the column, whose index is not used in another.
      select m[1] as piece, n::integer as place, private.sku_keys(m[1] collate "default") as keys
        from regexp_matches(
          left(p_typed, 400) collate "pg_c_utf8",
          '[[:alpha:]]+[ \u00A0]+[0-9][0-9-]*(?![^\s,;])|[^\s,;]+', 'g') with ordinality t (m, n)),
    meant as materialized (
      select p.id, t.place, t.piece, row_number() over (partition by p.id order by t.place) as times
        from pieces t
        left join app.products p on p.active and p.sku_key = any (t.keys)),
    skus as (select count(distinct m.place)::integer as n from meant m where m.id is not null)
    select m.id, m.place, m.piece
      from meant m
     where (m.id is null or m.times = 1)
       and case (select least(n, 2) from skus)
             when 2 then true
             when 1 then (select count(*) > 1 from pieces)
               and not exists (select from private.find_products(p_typed))
             else false end;
  if not found then
    return query select f.id, f.rank, null from private.find_products(p_typed) f;
  end if;
end $$;
grant execute on function private.find_articles to anon, authenticated;

-- What somebody may have meant whose words find nothing: each word that no article has becomes the one that is spelt
-- most like it. Null when there is none, or when that finds nothing either.
create function private.did_you_mean(p_typed text) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_terms text[] := private.search_terms(left(p_typed, 400));
  v_guess text[] := '{}'; v_near text; v_try text;
begin
  for v_try in select term from unnest(v_terms) term limit 12 loop
    if v_try ~ '^[0-9]'
       or exists (select from app.products p where p.active and p.search @@ private.search_query(array[v_try])) then
      v_guess := v_guess || v_try;
    else
      select word into v_near
        from (select word from private.search_vocabulary order by word operator(extensions.<->) v_try limit 1) n
       where extensions.similarity(word, v_try) >= 0.3;
      v_guess := v_guess || coalesce(v_near, v_try);
    end if;
  end loop;
  -- All of it in one first: «cream bath».
  foreach v_try in array array[array_to_string(v_terms, ''), array_to_string(v_guess, ' ')] loop
    if v_try <> array_to_string(v_terms, ' ') and exists (select from private.find_products(v_try)) then
      return v_try;
    end if;
  end loop;
  return null;
end $$;
grant execute on function private.did_you_mean to anon, authenticated;
