import { type Static, Type } from 'typebox'
import { Choice, Exact, InstantText, Nullable, Uuid } from './common.ts'
import { messageChannels } from './messages.ts'
import { routeTable } from './route.ts'

const Settings = Exact({
  /** Parts of text messages in a day, which is what is paid for; null is no ceiling. */
  smsADay: Nullable(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  /** Text messages in a minute; null is as fast as the provider takes them. */
  smsAMinute: Nullable(Type.Integer({ minimum: 1, maximum: 100_000 })),
  version: Type.Integer({ minimum: 0 }),
})

/** Somebody whose number or e-mail address the networks refused for good. */
export const DeadAddress = Exact({
  channel: Choice(messageChannels),
  address: Type.String(),
  /** The provider's. */
  code: Type.String(),
  markedAt: InstantText,
  patient: Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() }),
})
export type DeadAddress = Static<typeof DeadAddress>

export const sendingRoutes = routeTable({
  'GET /sending-settings': { permission: 'settings.read', audit: 'none', summary: "The day's ceiling and the pace of text messages, and how many parts left today.", status: 200, response: Exact({ ...Settings.properties, partsToday: Type.Integer() }) },
  'PUT /sending-settings': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Change them. `version` is that of what it replaces, 0 where nothing was set yet. What waits above a ceiling is looked at again within a quarter of an hour.',
    body: Settings,
    status: 200,
    response: Exact({ ...Settings.properties, partsToday: Type.Integer() }),
    problems: ['stale_version'],
  },
  'GET /sending-troubles': {
    permission: 'message.read',
    audit: 'none', // counts alone
    summary: 'What hindered messages from leaving or arriving in the last day.',
    status: 200,
    response: Exact({
      /** Our account or its settings, by the provider's code: nothing leaves until somebody looks. */
      account: Type.Array(Exact({ code: Type.String(), messages: Type.Integer() })),
      atCeiling: Type.Integer(),
      unknown: Type.Integer(),
      doubled: Type.Integer(),
    }),
  },
  'GET /dead-addresses': {
    permission: 'patient.read',
    audit: 'none', // names and numbers, nothing of the record
    summary: 'Numbers and e-mail addresses of patients that the networks refused for good, newest first; of one patient where asked.',
    query: Exact({ patientId: Type.Optional(Uuid) }),
    status: 200,
    response: Exact({ items: Type.Array(DeadAddress) }),
  },
  'POST /address-revivals': {
    permission: 'patient.write',
    audit: 'write',
    summary: 'An address works after all: the next message goes there again.',
    body: Exact({ patientId: Uuid, channel: Choice(messageChannels), address: Type.String({ minLength: 1, maxLength: 254 }) }),
    status: 200,
    response: Exact({ items: Type.Array(DeadAddress) }),
  },
})
