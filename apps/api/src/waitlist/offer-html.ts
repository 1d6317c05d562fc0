import { offerPageWords, offerTimes } from '@yoman/messaging/offers/page-words'
import { timeText } from '@yoman/messaging/values'
import type { OfferPage } from '@yoman/use-cases/waitlist/open-link'
import { inBothLanguages, patientFrame, phoneLine, text } from '../http/patient-page.ts'

const css = '/o/page.css'

/** The page of an offer, in the patient's language; its buttons post to its own address. */
export function offerHtml(page: OfferPage): string {
  const { language, zone, state } = page
  const words = offerPageWords[language]
  const { day, hour } = offerTimes(page.startsAt, zone, language)
  const place = `<div class="place">
      <p class="day">${text(day)}</p>
      <p class="hour"><bdi dir="ltr">${text(hour)}</bdi></p>
      <p>${text(words.with)} ${text(page.practitionerName)}</p>
      <p>${text(page.branchName)}</p>
    </div>`
  const [heading, sentence] = state === 'open' ? [words.offered, ''] : words.ended[state]
  const answer = `${page.moves ? `<p class="note">${text(words.moves)}</p>` : ''}
    <form method="post">
      <button name="answer" value="take" class="take">${text(words.take)}</button>
      <button name="answer" value="decline">${text(words.decline)}</button>
    </form>
    <p class="quiet">${text(words.until).replace('{until}', `<bdi dir="ltr">${text(timeText(page.expiresAt, zone, language))}</bdi>`)}</p>`
  const shown = state === 'open' || state === 'taken' ? place : ''
  const said = state === 'open' ? answer : `<p role="status">${text(sentence)}</p>`
  return patientFrame(language, page.clinicName, css, `<p class="clinic">${text(page.clinicName)}</p><h1 class="${state}">${text(heading)}</h1>${state === 'open' ? shown + said : said + shown}${phoneLine(words.phone, page.phone)}`)
}

/** For a link that opens nothing. */
export const unknownHtml = (): string => patientFrame('he', '404', css, inBothLanguages((language) => offerPageWords[language].unknown))
