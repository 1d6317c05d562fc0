import { Refusal } from '../refusal.ts'
import type { PlainDate } from '../time.ts'
import { type AccountKeys, missingKeys } from './entry.ts'
import type { AccountingService, AccountingServiceName } from './service.ts'

/** `testing`: the worker looks whether it works. `refused`: it does not, and the problem says why. `reconnect`: it worked, and the service lets us in no more. */
export const connectionStates = ['off', 'testing', 'connected', 'refused', 'reconnect'] as const
export type ConnectionState = (typeof connectionStates)[number]

/** What opens the service. Sealed where it is kept; comes out by no route. */
export interface AccountingSecret {
  /** Priority: the user, or a personal access token. */
  user: string
  /** Priority: the password, or `PAT`; Hashavshevet: the private key of its API. */
  key: string
  /** Hashavshevet: the definition of the report that shows the journal. */
  report: string
}

export interface AccountingTarget {
  service: AccountingServiceName
  /** Priority: the root of its OData with `tabula.ini`; Hashavshevet: the server. No slash at its end. */
  address: string
  /** Priority: the company; Hashavshevet: the name of its database. */
  company: string
}

export interface ConnectionRequest extends AccountingTarget {
  secret: AccountingSecret
  keys: AccountKeys
  /** Documents of this day and later are sent. */
  firstOn: PlainDate
}

/** Opens a clinic's account with its accounting service. */
export type OpenAccounting = (target: AccountingTarget, secret: AccountingSecret) => AccountingService

const wizCloud = /(^|\.)wizcloud\.co\.il$/

/**
 * Refuses `accounting_address_invalid` (no address of such a service by https; an address of the machine itself or of its neighbours), `accounting_secret_missing`,
 * `accounting_key_missing` (an account of ours without one of theirs). @param trusted origins that the installation names: they are taken as they are.
 */
export function requireConnectable({ service, address, secret, keys }: ConnectionRequest, trusted: readonly string[]): void {
  if (!isAllowed(service, address, trusted)) throw new Refusal('accounting_address_invalid')
  const needed = service === 'priority' ? [secret.user, secret.key] : [secret.key, secret.report]
  if (needed.some((text) => text === '')) throw new Refusal('accounting_secret_missing')
  requireKeys(keys)
}

/** Refuses `accounting_key_missing`, with the role. */
export function requireKeys(keys: AccountKeys): void {
  const [role] = missingKeys(keys)
  if (role) throw new Refusal('accounting_key_missing', { account: role })
}

function isAllowed(service: AccountingServiceName, address: string, trusted: readonly string[]): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false
  if (trusted.includes(url.origin)) return true
  if (url.protocol !== 'https:' || url.port !== '') return false
  return service === 'hashavshevet' ? wizCloud.test(url.hostname) : isPublicName(url.hostname)
}

/** A name with a dot that is no number: what it leads to is looked at when the service is called. */
const isPublicName = (host: string): boolean => /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/.test(host) && !/\.(local|internal|localhost|home|lan)$/.test(host)
