/** Settings of the migration command. */
export function readMigrateConfig(env: NodeJS.ProcessEnv) {
  const url = env.DATABASE_OWNER_URL || env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set: the address of your Postgres, for example postgres://yoman:secret@127.0.0.1:5432/yoman')
  return { url }
}
