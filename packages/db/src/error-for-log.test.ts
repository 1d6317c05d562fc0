import { ReplyError } from 'ioredis'
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '@yoman/testing/database'
import { errorForLog } from './error-for-log.ts'

const database = await testDatabase()

/** The line that the programs' logger writes. */
function logged(error: unknown): Record<string, unknown> {
  const lines: string[] = []
  pino({ serializers: { err: errorForLog } }, { write: (line: string) => void lines.push(line) }).error({ err: error }, 'failed')
  return JSON.parse(lines.join(''))
}

describe('an error in the log', () => {
  it('names the rule that a row broke, and not what stood in the row', async () => {
    await database.ownerPool.query('create table secret (name text constraint one_of_a_name unique)')
    await database.ownerPool.query("insert into secret values ('דנה כהן')")
    const error: unknown = await database.ownerPool.query("insert into secret values ('דנה כהן')").catch((caught: unknown) => caught)
    expect(error).toMatchObject({ detail: expect.stringContaining('דנה כהן') })
    const line = logged(error)
    expect(line).toMatchObject({ msg: 'failed', err: { code: '23505', constraint: 'one_of_a_name', table: 'secret', stack: expect.any(String) } })
    expect(JSON.stringify(line)).not.toContain('דנה')
  })

  it('does not repeat a value that the database could not read', async () => {
    const error: unknown = await database.ownerPool.query("select '039337423'::uuid").catch((caught: unknown) => caught)
    expect(error).toMatchObject({ message: expect.stringContaining('039337423') })
    expect(logged(error)).toMatchObject({ err: { code: '22P02', stack: expect.stringContaining('at ') } })
    expect(JSON.stringify(logged(error))).not.toContain('039337423')
  })

  it('keeps tokens of requests and passwords of commands to itself', () => {
    const asked = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', config: { headers: { authorization: 'Basic c2VjcmV0' } } })
    const commanded = Object.assign(new ReplyError('WRONGPASS'), { command: { name: 'auth', args: ['hunter2'] } })
    expect(JSON.stringify(logged(asked))).not.toContain('c2VjcmV0')
    expect(logged(asked)).toMatchObject({ err: { message: 'socket hang up', code: 'ECONNRESET' } })
    expect(JSON.stringify(logged(commanded))).not.toContain('hunter2')
  })

  it('does not follow an error to its cause, which may know more', () => {
    expect(JSON.stringify(logged(new Error('could not', { cause: new Error('דנה') })))).not.toContain('דנה')
  })
})
