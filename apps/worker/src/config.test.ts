import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { ConfigError } from '@yoman/use-cases/setting-reader'
import { readConfig } from './config.ts'

const good = {
  DATABASE_URL: 'postgres://yoman:secret@127.0.0.1/yoman', DATA_KEY: randomBytes(32).toString('base64'), BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
  TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'token', TWILIO_FROM: '+972559570100', SMTP_URL: 'smtp://127.0.0.1:25', MAIL_FROM: 'The Clinic <office@clinic.example>',
}

it('reads what is set and fills in the rest', () => {
  expect(readConfig(good)).toMatchObject({ redisUrl: null, mailFrom: 'office@clinic.example', leaseSeconds: 60, lookupSeconds: 120, failpoint: null, demo: false, publicUrl: 'http://localhost:3000' })
})

it('tells everything that is wrong at once, and no secret', () => {
  const wrong = { ...good, DATABASE_URL: 'mysql://yoman:hunter2@db', DATA_KEY: 'short', REDIS_URL: 'http://redis', TWILIO_FROM: '', MAIL_FROM: 'nobody', MESSAGE_LEASE_SECONDS: 'soon' }
  const told = (() => {
    try {
      return readConfig(wrong)
    } catch (error) {
      return error
    }
  })()
  if (!(told instanceof ConfigError)) throw new Error('it was taken for right')
  for (const name of ['DATABASE_URL', 'DATA_KEY', 'REDIS_URL', 'TWILIO_FROM', 'MAIL_FROM', 'MESSAGE_LEASE_SECONDS']) expect(told.message).toContain(name)
  expect(told.problems).toHaveLength(6)
  expect(told.message).not.toContain('hunter2')
})

it('signs mails with a key that is whole, or not at all', () => {
  expect(readConfig(good).dkim).toBeNull()
  const pem = '-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----'
  const key = { DKIM_DOMAIN: 'clinic.example', DKIM_SELECTOR: 'mail', DKIM_PRIVATE_KEY: Buffer.from(pem).toString('base64') }
  expect(readConfig({ ...good, ...key }).dkim).toEqual({ domainName: 'clinic.example', keySelector: 'mail', privateKey: pem })
  expect(() => readConfig({ ...good, ...key, DKIM_SELECTOR: '' })).toThrow(/DKIM_SELECTOR/)
})
