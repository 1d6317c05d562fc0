import { t } from '../../i18n.ts'
import { type Order, channelsOf } from './channel-order.ts'

/** An order of channels in words: "SMS, else e-mail". */
export function orderWords(order: Order): string {
  const { channel, fallbackChannels: [next, last] } = channelsOf(order)
  const first = begun(t(`settings.reminder.way.${channel}`))
  if (next === undefined) return t('settings.reminder.order.alone', { first })
  const second = t(`settings.reminder.way.${next}`)
  return last === undefined ? t('settings.reminder.order.two', { first, second }) : t('settings.reminder.order.three', { first, second, third: t(`settings.reminder.way.${last}`) })
}

/** As a sentence begins. */
const begun = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
