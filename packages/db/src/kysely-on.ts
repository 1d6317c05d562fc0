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
import { type Planned, send } from './send.ts'

const made: Record<Planned, WeakMap<PoolClient, Db>> = { once: new WeakMap(), 'by values': new WeakMap() }

/** Kysely speaking over one client that somebody else checked out and will give back. */
export function kyselyOn(client: PoolClient, how: Planned = 'once'): Db {
  const known = made[how].get(client)
  if (known) return known
  const db = new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new ClientDriver(client, how),
      createIntrospector: (k) => new PostgresIntrospector(k),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
  made[how].set(client, db)
  return db
}

/** Transactions are opened by transact.ts alone, so this driver knows none. */
class ClientDriver implements Driver {
  readonly #connection: DatabaseConnection
  constructor(client: PoolClient, how: Planned) {
    this.#connection = new ClientConnection(client, how)
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
  readonly #how: Planned
  constructor(client: PoolClient, how: Planned) {
    this.#client = client
    this.#how = how
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, rowCount } = await send(this.#client, query.sql, query.parameters, this.#how)
    return { rows, numAffectedRows: BigInt(rowCount ?? 0) }
  }
  streamQuery(): never {
    throw new Error('streaming needs a cursor: read in pages instead')
  }
}
