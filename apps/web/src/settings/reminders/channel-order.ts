import type { ReminderRule } from '@yoman/contract/reminders'

type Channel = ReminderRule['channel']
type Channels = Pick<ReminderRule, 'channel' | 'fallbackChannels'>

/** The channels in the order in which they are tried, with lines between them: at most three. */
export type Order = string

const most = 3
const channels: readonly Channel[] = ['sms', 'whatsapp', 'email', 'voice']

/** Those that a clinic means first. */
const usual: readonly Order[] = ['sms_email', 'whatsapp_sms', 'whatsapp_sms_email', 'sms_voice', 'whatsapp_sms_voice', 'sms_email_voice', 'voice_sms', 'sms', 'whatsapp', 'email', 'voice']

/** The orders in which the channels can be tried, those that a clinic means first before the others. */
export const orders: readonly Order[] = [...usual, ...ordersFrom([]).filter((order) => !usual.includes(order))]

function ordersFrom(begun: readonly Channel[]): Order[] {
  const longer = begun.length === most ? [] : channels.filter((one) => !begun.includes(one)).flatMap((one) => ordersFrom([...begun, one]))
  return begun.length === 0 ? longer : [begun.join('_'), ...longer]
}

export const channelsOf = (order: Order): Channels => {
  const [channel, ...fallbackChannels] = order.split('_') as [Channel, ...Channel[]] // those above are made of these
  return { channel, fallbackChannels }
}

export const orderOf = ({ channel, fallbackChannels }: Channels): Order => [channel, ...fallbackChannels].join('_')

/** In whose language nothing can go by WhatsApp. */
export const closedLanguages = <T extends string>({ sender, templates }: { sender: string | null; templates: Record<T, { contentSid: string | null } | null> }): T[] =>
  (Object.keys(templates) as T[]).filter((language) => sender === null || !templates[language]?.contentSid)
