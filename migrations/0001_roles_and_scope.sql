-- Why: the runtime roles own nothing and cannot bypass row-level security; the scope of a transaction is one setting.
-- Locks: none.
create extension if not exists btree_gist;
create extension if not exists pg_trgm;

do $$ begin
  if not exists (select from pg_roles where rolname = 'yoman_api') then create role yoman_api nologin; end if;
  if not exists (select from pg_roles where rolname = 'yoman_worker') then create role yoman_worker nologin; end if;
exception when duplicate_object or unique_violation then null; -- two first starts on one cluster
end $$;
do $$ begin
  execute format('grant yoman_api, yoman_worker to %I', current_user);
end $$;

-- The clinic of this transaction; null, and so no row at all, where nobody set it.
create function current_clinic() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.clinic', true), '')::uuid;

-- Gives a clinic's table its scope: row-level security, forced even for the owner, and grants to the runtime roles.
create procedure scope_table(name regclass, api_grants text, worker_grants text) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format('create policy clinic_scope on %s using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())', name);
  if api_grants <> '' then execute format('grant %s on %s to yoman_api', api_grants, name); end if;
  if worker_grants <> '' then execute format('grant %s on %s to yoman_worker', worker_grants, name); end if;
end $$;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'append_only: % rows are never changed or deleted', tg_table_name using errcode = 'restrict_violation';
end $$;

-- Belt to the missing grants: not even the owner of the table changes what was written.
create procedure append_only(name regclass) language plpgsql as $$
begin
  execute format('create trigger append_only before update or delete on %s for each row execute function refuse_change()', name);
  execute format('create trigger append_only_whole before truncate on %s for each statement execute function refuse_change()', name);
end $$;
