import type { Task } from '@yoman/contract/tasks'
import { t } from '../i18n.ts'
import { phoneText } from '../ui/phone-text.ts'

/** What is to be done: somebody's words, or ours where the task wrote itself. */
export function taskWords({ about, words, deadAddress }: Pick<Task, 'about' | 'words' | 'deadAddress'>): string {
  if (about === null) return words
  if (deadAddress === null) return t(`tasks.about.${about === 'dead_address' ? 'wants_to_move' : about}`)
  const { channel, address } = deadAddress
  return t(`tasks.about.dead_${channel}`, { address: `\u2066${channel === 'sms' ? phoneText(address) : address}\u2069` }) // a number or Latin letters in a Hebrew sentence
}

/** Why a task closed itself; empty where somebody closed it. */
export const closedWords = ({ closedBecause, deadAddress }: Pick<Task, 'closedBecause' | 'deadAddress'>): string =>
  closedBecause === null || deadAddress === null ? '' : t(`tasks.because.${closedBecause}_${deadAddress.channel}`)
