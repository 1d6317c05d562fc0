import { messageKinds, templateKinds } from '@yoman/contract/messages'
import { attachmentKinds } from '@yoman/domain/attachments/kind'
import { testDatabase } from '@yoman/testing/database'
import typescript from 'typescript'
import { expect, test } from 'vitest'
import { files, read, root } from './files.ts'
import { schemaText } from './schema-text.ts'

const { ownerPool } = await testDatabase()
const rows = async <Row extends object>(sql: string): Promise<Row[]> => (await ownerPool.query<Row>(sql)).rows
const names = async (sql: string): Promise<string[]> => (await rows<{ name: string }>(sql)).map(({ name }) => name)

const ours = `c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely\\_%'`
const ofClinics = `${ours} and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'clinic_id' and not a.attisdropped)`

test('docs/schema.sql is the schema that the migrations make (npx vitest run -u tests/architecture/schema.test.ts writes it)', async () => {
  await expect(await schemaText(ownerPool)).toMatchFileSnapshot(`${root}docs/schema.sql`)
})

test('every table of a clinic has row-level security, forced even for its owner, and a policy', async () => {
  expect((await names(`select relname as name from pg_class c where ${ofClinics}`)).length).toBeGreaterThan(30)
  expect(
    await names(`select relname as name from pg_class c where ${ofClinics}
      and not (relrowsecurity and relforcerowsecurity and exists (select from pg_policy where polrelid = c.oid)) and relname <> 'patient_search'`),
  ).toEqual([])
})

test('the search index, which row-level security would slow, is closed to everybody but its functions', async () => {
  expect(await names(`select grantee || ' ' || privilege_type as name from information_schema.role_table_grants where table_name = 'patient_search' and grantee in ('yoman_api', 'yoman_worker', 'PUBLIC')`)).toEqual([])
})

test("every key of a clinic's table begins with the clinic", async () => {
  const first = (type: string): string => `select c.relname || '.' || k.conname as name from pg_class c join pg_constraint k on k.conrelid = c.oid and k.contype = '${type}'
    where ${ofClinics} and c.relname <> 'clinic' and (select attname from pg_attribute where attrelid = c.oid and attnum = k.conkey[1]) <> 'clinic_id'`
  expect(await names(first('p'))).toEqual([])
})

test("a row can point only to rows of its own clinic: foreign keys between clinics' tables carry the clinic", async () => {
  expect(
    await names(`select c.relname || '.' || k.conname as name from pg_constraint k join pg_class c on c.oid = k.conrelid
      where k.contype = 'f' and ${ofClinics} and k.confrelid <> 'clinic'::regclass
        and exists (select from pg_attribute where attrelid = k.confrelid and attname = 'clinic_id')
        and not exists (select from unnest(k.conkey, k.confkey) as pair(here, there)
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.here and a.attname = 'clinic_id'
          join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.there and b.attname = 'clinic_id')`),
  ).toEqual([])
})

test('the runtime roles own nothing, are no superusers and cannot sign in by themselves', async () => {
  expect(await rows(`select rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole from pg_roles where rolname in ('yoman_api', 'yoman_worker') order by 1`)).toEqual(
    ['yoman_api', 'yoman_worker'].map((rolname) => ({ rolname, rolsuper: false, rolbypassrls: false, rolcanlogin: false, rolcreaterole: false })),
  )
  expect(await names(`select relname as name from pg_class where pg_get_userbyid(relowner) in ('yoman_api', 'yoman_worker')`)).toEqual([])
})

test('nobody may change or delete what is only ever added', async () => {
  const appendOnly = await names(`select distinct c.relname as name from pg_class c join pg_trigger t on t.tgrelid = c.oid and t.tgname = 'append_only' order by 1`)
  expect(appendOnly).toEqual(expect.arrayContaining(['event', 'consent', 'appointment_status', 'note_version', 'invoice_line', 'message_receipt']))
  const loose = await names(`select table_name || ': ' || privilege_type || ' to ' || grantee as name from information_schema.role_table_grants
    where table_name = any (array['${appendOnly.join("','")}']) and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE') and grantee in ('yoman_api', 'yoman_worker', 'PUBLIC')`)
  expect(loose).toEqual([])
})

test('issued documents and payments are guarded against every change but the one that completes them', async () => {
  const guards = await names(`select tgrelid::regclass || ' ' || case when tgtype & 8 > 0 then 'delete' else 'update' end as name from pg_trigger where tgrelid in ('invoice'::regclass, 'payment'::regclass) and tgtype & 24 > 0 and not tgisinternal and tgname not like 'follow_merge%' order by 1`)
  expect(guards).toEqual(['invoice delete', 'invoice update', 'payment delete', 'payment update'])
  expect(await names(`select table_name || ' ' || grantee as name from information_schema.role_table_grants where table_name in ('invoice', 'payment') and privilege_type in ('DELETE', 'TRUNCATE') and grantee in ('yoman_api', 'yoman_worker', 'PUBLIC')`)).toEqual([])
})

test('functions that act with their owner’s rights say where they look for names', async () => {
  expect(
    await names(`select proname as name from pg_proc where prosecdef and pronamespace = 'public'::regnamespace and not exists (select from unnest(proconfig) as setting where setting like 'search_path=%')`),
  ).toEqual([])
})

test('every constraint and index has a name that somebody chose or that Postgres gives for the rule it holds', async () => {
  expect(await names(`select conname as name from pg_constraint where connamespace = 'public'::regnamespace and conname ~ '_(check|key|excl)\\d+$'`)).toEqual([])
})

test('the table types say what the database says: the same columns, null where it allows null', async () => {
  const found = await rows<{ table: string; column: string; nullable: boolean }>(
    `select c.relname as table, a.attname as column, not a.attnotnull as nullable from pg_class c join pg_attribute a on a.attrelid = c.oid
     where ${ours} and a.attnum > 0 and not a.attisdropped and c.relname <> 'patient_search'`,
  )
  const inDatabase = new Set(found.map(({ table, column, nullable }) => `${table}.${column}${nullable ? ' null' : ''}`))
  expect([...typedColumns()].sort()).toEqual([...inDatabase].sort())
})

/** `table.column`, with ` null` where the type allows it, read from the interfaces of packages/db. */
function typedColumns(): Set<string> {
  const interfaces = new Map<string, typescript.InterfaceDeclaration>()
  for (const path of files(/^packages\/db\/src\/(.*\/table|database)\.ts$/)) {
    const source = typescript.createSourceFile(path, read(path), typescript.ScriptTarget.Latest, true)
    source.forEachChild((node) => void (typescript.isInterfaceDeclaration(node) && interfaces.set(node.name.text, node)))
  }
  const members = (name: string): [string, string][] =>
    (interfaces.get(name)?.members ?? []).map((member) => [member.name?.getText() ?? '', typescript.isPropertySignature(member) ? (member.type?.getText() ?? '') : ''])
  return new Set(members('Database').flatMap(([table, type]) => members(type).map(([column, columnType]) => `${table}.${column}${/\bnull\b/.test(columnType) ? ' null' : ''}`)))
}

test.each([
  ['attachment_kind_check', attachmentKinds],
  ['message_kind_check', [...messageKinds, 'alarm']], // what goes to owners is on no list of patients' messages
  ['message_template_kind_check', templateKinds],
])('%s lets in what the program writes, and no more: two migrations that widen it do not undo each other', async (name, kinds) => {
  const [check = ''] = await names(`select pg_get_constraintdef(oid) as name from pg_constraint where conname = '${name}'`)
  expect([...check.matchAll(/'(\w+)'::text/g)].map(([, kind]) => kind).sort()).toEqual([...kinds].sort())
})
