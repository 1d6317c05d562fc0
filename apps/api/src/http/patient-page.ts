import { readPhone, showPhone } from '@yoman/domain/people/phone'

// The small pages that patients open from a message: plain HTML, no scripts, on any phone.

type Language = 'he' | 'en' | 'ar' | 'ru'

export const patientFrame = (language: Language, title: string, css: string, body: string): string => `<!doctype html>
<html lang="${language}" dir="${language === 'he' || language === 'ar' ? 'rtl' : 'ltr'}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <meta name="color-scheme" content="light dark">
    <title>${text(title)}</title>
    <link rel="stylesheet" href="${css}">
    <link rel="icon" href="/icon.svg">
  </head>
  <body>
    <main>${body}</main>
  </body>
</html>
`

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Words as text and never as marks of the page: names are typed by people. */
export const text = (words: string): string => words.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark)

/** A number that can be pressed; nothing where there is none. */
export function phoneLine(words: string, phone: string): string {
  const number = readPhone(phone)
  return number === null ? '' : `<p class="quiet">${text(words)} <a href="tel:${text(number)}"><bdi dir="ltr">${text(showPhone(number))}</bdi></a></p>`
}

/** For a link that opens nothing: nobody knows whose it is, so in both languages of the house. */
export const inBothLanguages = (words: (language: 'he' | 'en') => readonly [heading: string, sentence: string]): string =>
  (['he', 'en'] as const).map((language) => {
    const [heading, sentence] = words(language)
    const level = language === 'he' ? 1 : 2
    return `<section lang="${language}" dir="${language === 'he' ? 'rtl' : 'ltr'}"><h${level}>${text(heading)}</h${level}><p>${text(sentence)}</p></section>`
  }).join('')

/** Light and dark, any width from 280 pixels on, in the fonts that the phone has. */
export const patientCss = `
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
form.times { grid-template-columns: repeat(auto-fill, minmax(5rem, 1fr)); gap: .5rem; }
button, a.button { min-height: 3.25rem; padding: .5rem 1rem; border: 1px solid var(--line); border-radius: .75rem; background: transparent; color: inherit; font: inherit; font-weight: 600; cursor: pointer; }
a.button { display: grid; place-items: center; margin-block-start: .75rem; text-decoration: none; text-align: center; }
button.take { border-color: var(--strong); background: var(--strong); color: var(--on); }
button:focus-visible, a:focus-visible { outline: 3px solid var(--strong); outline-offset: 3px; }
a { color: var(--strong); }
a.button { color: inherit; }
`
