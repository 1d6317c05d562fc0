import { t } from '../../i18n.ts'
import { spanText, type GridEvent } from './grid-model.ts'
import type { Lane } from './layout.ts'

/** How a card looks: where it is, and how much of it can be said there. */
export interface CardLook {
  event: GridEvent
  style: string
  classes: string
  parked: boolean
}

interface Scale {
  /** Pixels from the top of the day. */
  top: number
  height: number
  /** How much larger than usual the letters are. */
  letters: number
  rtl: boolean
  parked: boolean
  movable: boolean
}

/** One visit's look. Its place across is in percent of the column, so a wider column needs no new layout. */
export function cardLook(event: GridEvent, lane: Lane, { top, height, letters, rtl, parked, movable }: Scale): CardLook {
  const tall = Math.max(height - 1, 12)
  const oneLine = height < 40 * letters
  const share = lane.width / lane.lanes
  const across = share === 1 ? '' : `;inset-inline-start:${(lane.lane / lane.lanes) * 100}%;inline-size:calc(${share * 100}% - 3px)`
  const style = `top:${top}px;block-size:${tall}px${across};background-color:var(--${event.tone}-soft);color:var(--${event.tone}-ink)${oneLine ? `;line-height:${tall}px` : ''}${event.flags.length > 0 ? `;padding-inline-end:calc(${event.flags.length} * 0.95rem + 0.35rem)` : ''}`
  const classes = [
    'card',
    height < 21 * letters ? 'card-line card-one' : oneLine ? 'card-one' : '',
    share < 0.4 ? 'card-narrow' : '',
    event.fresh ? 'card-fresh' : '',
    event.tone === 'cancelled' ? 'card-struck' : event.tone === 'held' ? 'card-held' : '',
    parked ? 'card-parked' : '',
    movable && !event.fixed ? 'card-movable' : '',
    readsOtherWay(event.title, rtl) ? 'card-other-way' : '',
  ].filter(Boolean).join(' ')
  return { event, style, classes, parked }
}

/** What is told of a card besides its name and time: until when, how it stands, with whom. */
export const spokenRest = (event: GridEvent, parked: boolean, columnTitle: string): string =>
  [spanText(event), event.toneLabel, ...(parked ? [t('diary.parked')] : []), ...event.flags.map(({ label }) => label), columnTitle].join(', ')

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufefc]/
const letter = /\p{L}/u

/** Whether words begin at the other side than the screen's own, by their first letter: a Russian name on a Hebrew screen. */
export function readsOtherWay(words: string, rtl: boolean): boolean {
  const first = letter.exec(words)?.[0]
  return first !== undefined && rightToLeft.test(first) !== rtl
}
