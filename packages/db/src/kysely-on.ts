import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { PoolClient } from 'pg'
import type { Database, Db } from './database.ts'
import { send } from './send.ts'

const made = new WeakMap<PoolClient, Db>()

/** Kysely speaking over one client that somebody else checked out and will give back. */
export function kyselyOn(client: PoolClient): Db {
  const known = made.get(client)
  if (known) return known
  const db = new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new ClientDriver(client),
      createIntrospector: (k) => new PostgresIntrospector(k),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
  made.set(client, db)
  return db
}

/** Transactions are opened by transact.ts alone, so this driver knows none. */
class ClientDriver implements Driver {
  readonly #connection: DatabaseConnection
  constructor(client: PoolClient) {
    this.#connection = new ClientConnection(client)
  }
  async init() {}
  async acquireConnection() {
    return this.#connection
  }
  async beginTransaction(): Promise<never> {
    throw new Error('only transact.ts opens transactions')
  }
  async commitTransaction(): Promise<never> {
    throw new Error('only transact.ts ends transactions')
  }
  async rollbackTransaction(): Promise<never> {
    throw new Error('only transact.ts ends transactions')
  }
  async releaseConnection() {}
  async destroy() {}
}

class ClientConnection implements DatabaseConnection {
  readonly #client: PoolClient
  constructor(client: PoolClient) {
    this.#client = client
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, rowCount } = await send(this.#client, query.sql, query.parameters)
    return { rows, numAffectedRows: BigInt(rowCount ?? 0) }
  }
  streamQuery(): never {
    throw new Error('streaming needs a cursor: read in pages instead')
  }
}
