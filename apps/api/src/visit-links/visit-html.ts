import { plainDate } from '@yoman/domain/time'
import { offerTimes } from '@yoman/messaging/offers/page-words'
import { timeText } from '@yoman/messaging/values'
import { visitPageWords } from '@yoman/messaging/visits/page-words'
import type { FreeTimes } from '@yoman/use-cases/visit-links/answer'
import type { VisitPage } from '@yoman/use-cases/visit-links/open-link'
import { inBothLanguages, patientFrame, phoneLine, text } from '../http/patient-page.ts'

const css = '/v/page.css'

/** What is said above the visit after an answer: a sentence, and whether it went as wished. */
export interface Said {
  words: 'confirm' | 'cancel' | 'move' | 'ask' | 'taken' | 'call'
}

/** The page of a visit, in the patient's language. `token` is in its own address already. */
export function visitHtml(page: VisitPage, token: string, said: Said | null): string {
  const words = visitPageWords[page.language]
  const open = page.state === 'booked' || page.state === 'confirmed'
  const [heading, sentence] = open ? [words[page.state as 'booked' | 'confirmed'], ''] : words.ended[page.state as 'moved' | 'cancelled' | 'over'] // what the line above tells apart
  const status = said ? `<p class="note" role="status">${text(sentenceOf(page, said))}</p>` : ''
  const told = sentence !== '' && said?.words !== 'move' && said?.words !== 'cancel' ? `<p>${text(sentence)}</p>` : ''
  const place = page.state === 'cancelled' || page.state === 'over' ? '' : placeHtml(page)
  const calendar = place === '' ? '' : `<p><a href="/v/${token}/visit.ics">${text(words.calendar)}</a></p>`
  return frame(page, `<h1 class="${page.state === 'confirmed' ? 'taken' : ''}">${text(heading)}</h1>${status}${told}${place}${open ? answersHtml(page, token) : ''}${calendar}`)
}

function sentenceOf({ language }: VisitPage, { words }: Said): string {
  const own = visitPageWords[language]
  return words === 'taken' ? own.taken : words === 'call' ? own.call : own.done[words]
}

function placeHtml(page: VisitPage): string {
  const { day, hour } = offerTimes(page.startsAt, page.zone, page.language)
  const who = page.practitionerName === null ? '' : `<p>${text(visitPageWords[page.language].with)} ${text(page.practitionerName)}</p>`
  return `<div class="place">
      <p class="day">${text(day)}</p>
      <p class="hour"><bdi dir="ltr">${text(hour)}</bdi></p>
      ${who}
      <p>${text(page.branchName)}</p>${page.address === '' ? '' : `<p class="quiet">${text(page.address)}</p>`}
    </div>`
}

function answersHtml({ language, state, mayCancel, mayMove }: VisitPage, token: string): string {
  const words = visitPageWords[language]
  const confirm = state === 'confirmed' ? '' : `<form method="post" action="/v/${token}"><button name="answer" value="confirm" class="take">${text(words.confirm)}</button></form>`
  const move = mayMove ? `<a class="button" href="/v/${token}/times">${text(words.move)}</a>` : ''
  const cancel = mayCancel ? `<a class="button" href="/v/${token}/cancel">${text(words.cancel)}</a>` : ''
  const ask = mayMove ? '' : askHtml(words.ask, token)
  return `${confirm}${move}${ask}${cancel}${mayMove && mayCancel ? '' : `<p class="quiet">${text(words.call)}</p>`}`
}

/** The desk is to find another time. */
const askHtml = (words: string, token: string): string => `<form method="post" action="/v/${token}"><button name="answer" value="ask">${text(words)}</button></form>`

/** One more question before the place goes to others. */
export function cancelHtml(page: VisitPage, token: string): string {
  const words = visitPageWords[page.language]
  return frame(page, `<h1>${text(words.cancel)}</h1>${placeHtml(page)}<p>${text(words.sureCancel)}</p>
    <form method="post" action="/v/${token}"><button name="answer" value="cancel" class="take">${text(words.cancel)}</button></form>
    <a class="button" href="/v/${token}">${text(words.keep)}</a>`)
}

/** The free times to move to, by day. */
export function timesHtml(page: VisitPage, token: string, { days, next }: FreeTimes, said: Said | null): string {
  const { language, zone } = page
  const words = visitPageWords[language]
  const lists = days.map(({ date, starts }) => {
    const [first] = starts
    const day = first ? offerTimes(first, zone, language).day : plainDate(date).toString()
    const buttons = starts.map((start) => `<button name="to" value="${start.toString()}"><bdi dir="ltr">${text(timeText(start, zone, language))}</bdi></button>`)
    return `<h2 id="d${date}">${text(day)}</h2><form method="post" action="/v/${token}" class="times" aria-labelledby="d${date}"><input type="hidden" name="answer" value="move">${buttons.join('')}</form>`
  })
  const status = said ? `<p class="note" role="status">${text(sentenceOf(page, said))}</p>` : ''
  return frame(page, `<h1>${text(words.choose)}</h1>${status}${lists.length > 0 ? lists.join('') : `<p>${text(words.none)}</p>`}
    <a class="button" href="/v/${token}/times?from=${next.toString()}">${text(words.later)}</a>${askHtml(words.ask, token)}<a class="button" href="/v/${token}">${text(words.back)}</a>`)
}

const frame = (page: VisitPage, body: string): string => patientFrame(page.language, page.clinicName, css, `<p class="clinic">${text(page.clinicName)}</p>${body}${phoneLine(visitPageWords[page.language].phone, page.phone)}`)

/** For a link that opens nothing, or a guesser. */
export const unknownHtml = (): string => patientFrame('he', '404', css, inBothLanguages((language) => visitPageWords[language].unknown))
export const tooOftenHtml = (): string => patientFrame('he', '429', css, inBothLanguages((language) => [visitPageWords[language].unknown[0], visitPageWords[language].tooOften]))
