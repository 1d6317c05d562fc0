import type { ReminderRule } from '@yoman/contract/reminders'

type Channels = Pick<ReminderRule, 'channel' | 'fallbackChannels'>

/** The orders in which the channels can be tried, those that a clinic means first before the others. */
export const orders = [
  'sms_email', 'whatsapp_sms', 'whatsapp_sms_email', 'whatsapp_email', 'sms_whatsapp', 'sms_whatsapp_email', 'sms_email_whatsapp', 'whatsapp_email_sms',
  'email_sms', 'email_whatsapp', 'email_whatsapp_sms', 'email_sms_whatsapp', 'sms', 'whatsapp', 'email',
] as const
export type Order = (typeof orders)[number]

export const channelsOf = (order: Order): Channels => {
  const [channel, ...fallbackChannels] = order.split('_') as [ReminderRule['channel'], ...ReminderRule['fallbackChannels']] // those above are made of these
  return { channel, fallbackChannels }
}

export const orderOf = ({ channel, fallbackChannels }: Channels): Order => [channel, ...fallbackChannels].join('_') as Order // different ones, and all their orders stand above

/** In whose language nothing can go by WhatsApp. */
export const closedLanguages = <T extends string>({ sender, templates }: { sender: string | null; templates: Record<T, { contentSid: string | null } | null> }): T[] =>
  (Object.keys(templates) as T[]).filter((language) => sender === null || !templates[language]?.contentSid)
