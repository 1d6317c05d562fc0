import { connect } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { testRedis } from './redis.ts'

const redis = await testRedis()
afterAll(() => redis.drop())

const ask = (command: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(redis.port, '127.0.0.1', () => socket.write(`${command}\r\n`))
    socket.once('error', reject)
    socket.once('data', (data) => {
      socket.destroy()
      resolve(data.toString().trim())
    })
  })

test('runs with the settings we tell operators to use', async () => {
  expect(await ask('CONFIG GET maxmemory-policy')).toContain('noeviction')
  expect(await ask('CONFIG GET appendonly')).toContain('yes')
})

test('keeps its data over a stop and a start on the same port', async () => {
  await ask('SET kept yes')
  await redis.stop()
  await expect(ask('PING')).rejects.toThrow('ECONNREFUSED')
  await redis.start()
  expect(await ask('GET kept')).toContain('yes')
})

test('comes back after a kill, and forgets at a flush', async () => {
  await redis.kill()
  await redis.start()
  expect(await ask('GET kept')).toContain('yes')
  await redis.flush()
  expect(await ask('GET kept')).toBe('$-1')
})
