import { Ban, Coffee, DoorClosed, TreePalm, UsersRound } from '@lucide/vue'
import type { Component } from 'vue'
import type { Block } from '@yoman/contract/blocks'
import { hasWords, language, t } from '../i18n.ts'
import { showShortDay, weekdayLetters } from '../ui/show-times.ts'

export type BlockKind = Block['kind']
export const blockIcons: Record<BlockKind, Component> = { leave: TreePalm, meeting: UsersRound, break: Coffee, closed: DoorClosed, other: Ban }

/** What a block is called: its own words, else the holiday that it is, else its kind. */
export function blockTitle({ kind, title, holiday }: { kind: string; title: string; holiday: string | null }): string {
  if (title !== '') return title
  const [known, other] = [`blocks.holiday.${holiday ?? ''}`, `blocks.kind.${kind}`]
  if (hasWords(known)) return t(known)
  return hasWords(other) ? t(other) : t('blocks.block')
}

export const holidayWords = (code: string): string => blockTitle({ kind: 'closed', title: '', holiday: code })

/** `יום ג׳, 24 בנוב׳ עד יום ה׳, 26 בנוב׳` without its hours; they are times and are written left to right. */
export function daysWords({ fromDate, toDate, weekdays }: Pick<Block, 'fromDate' | 'toDate' | 'weekdays'>): string {
  const day = (iso: string): string => showShortDay(iso, language.value)
  const dates = fromDate === toDate ? day(fromDate) : t('blocks.until', { from: day(fromDate), to: day(toDate) })
  if (weekdays.length === 0 || fromDate === toDate) return dates
  const letters = weekdayLetters(language.value)
  return `${t('blocks.every', { days: [...weekdays].sort(fromSunday).map((weekday) => letters[weekday % 7]?.long ?? '').join(', ') })} · ${dates}`
}

const fromSunday = (a: number, b: number): number => (a % 7) - (b % 7)
