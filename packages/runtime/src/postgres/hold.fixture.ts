// A program of its own for the tests to kill: runs Postgres until it is ended and says where.
import { startPostgres } from './start.ts'

const [dataDir = '', port = ''] = process.argv.slice(2)
const postgres = await startPostgres({ dataDir, password: 'secret', log: () => {}, settings: { fsync: 'off' }, ...(port && { port: Number(port) }) })
console.log(JSON.stringify({ pid: postgres.pid, url: postgres.url }))
process.on('SIGTERM', () => void postgres.stop().then(() => process.exit(0)))
setInterval(() => {}, 60_000)
