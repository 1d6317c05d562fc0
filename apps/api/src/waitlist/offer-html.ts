import { readPhone, showPhone } from '@yoman/domain/people/phone'
import { offerPageWords, offerTimes } from '@yoman/messaging/offers/page-words'
import type { OfferPage } from '@yoman/use-cases/waitlist/open-link'
import { timeText } from '@yoman/messaging/values'

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
  return frame(language, page.clinicName, `<p class="clinic">${text(page.clinicName)}</p><h1 class="${state}">${text(heading)}</h1>${state === 'open' ? shown + said : said + shown}${phoneOf(page)}`)
}

/** For a link that opens nothing: nobody knows whose it is, so in both languages of the house. */
export function unknownHtml(): string {
  const both = (['he', 'en'] as const).map((language) => {
    const [heading, sentence] = offerPageWords[language].unknown
    return `<section lang="${language}" dir="${language === 'he' ? 'rtl' : 'ltr'}"><h${language === 'he' ? 1 : 2}>${text(heading)}</h${language === 'he' ? 1 : 2}><p>${text(sentence)}</p></section>`
  })
  return frame('he', '404', both.join(''))
}

function phoneOf({ language, phone }: OfferPage): string {
  const number = readPhone(phone)
  if (number === null) return ''
  return `<p class="quiet">${text(offerPageWords[language].phone)} <a href="tel:${text(number)}"><bdi dir="ltr">${text(showPhone(number))}</bdi></a></p>`
}

const frame = (language: OfferPage['language'], title: string, body: string): string => `<!doctype html>
<html lang="${language}" dir="${language === 'he' || language === 'ar' ? 'rtl' : 'ltr'}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <meta name="color-scheme" content="light dark">
    <title>${text(title)}</title>
    <link rel="stylesheet" href="/o/page.css">
    <link rel="icon" href="/icon.svg">
  </head>
  <body>
    <main>${body}</main>
  </body>
</html>
`

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Words as text and never as marks of the page: names are typed by people. */
const text = (words: string): string => words.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark)

/** Light and dark, any width from 280 pixels on, in the fonts that the phone has. */
export const offerCss = `
:root { color-scheme: light dark; --back: #f1f5f4; --card: #fff; --ink: #16211f; --soft: #53625f; --line: #cfdad7; --strong: #0f766e; --on: #fff; }
@media (prefers-color-scheme: dark) { :root { --back: #0d1514; --card: #17211f; --ink: #e8efed; --soft: #a3b3af; --line: #34433f; --strong: #2dd4bf; --on: #06201c; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 1rem; background: var(--back); color: var(--ink); font: 1.0625rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
main { width: min(100%, 26rem); padding: 1.75rem 1.5rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--card); }
h1, h2 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; }
h1.taken { color: var(--strong); }
h2 { font-size: 1.125rem; margin-block: 1.5rem .5rem; }
p { margin: .75rem 0; }
.clinic, .quiet { color: var(--soft); font-size: .9375rem; }
.clinic { margin: 0 0 .25rem; }
.place { margin: 0 0 1.25rem; padding: 1rem; border-radius: .75rem; background: var(--back); }
.place p { margin: 0; }
.day { font-weight: 600; }
.hour { font-size: 2.25rem; line-height: 1.2; font-weight: 700; }
.note { padding: .75rem 1rem; border-inline-start: .25rem solid var(--strong); background: var(--back); border-radius: .375rem; }
form { display: grid; gap: .75rem; }
button { min-height: 3.25rem; padding: .5rem 1rem; border: 1px solid var(--line); border-radius: .75rem; background: transparent; color: inherit; font: inherit; font-weight: 600; cursor: pointer; }
button.take { border-color: var(--strong); background: var(--strong); color: var(--on); }
button:focus-visible, a:focus-visible { outline: 3px solid var(--strong); outline-offset: 3px; }
a { color: var(--strong); }
`
