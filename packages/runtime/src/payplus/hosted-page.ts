import { HttpError, readBody, send, type Exchange } from '../post-office/exchange.ts'
import type { Charge, Merchant, Page } from './merchant.ts'

/** The page on which a patient pays: a press where the real one wants a card. */
export function showPage(merchant: Merchant, { response, path }: Exchange): void {
  const page = pageOf(merchant, path)
  const he = page.asked['language_code'] !== 'en'
  if (page.closed) return html(response, he, `<p role="status">${he ? 'הדף נסגר.' : 'This page is closed.'}</p>`)
  html(response, he, `<p style="font-size:2rem"><bdi dir="ltr">₪${page.amount.toFixed(2)}</bdi></p>
    <form method="post" action="/${page.uid}" style="display:grid;gap:.75rem">
      ${button('pay', he ? 'תשלום בכרטיס' : 'Pay by card')}${button('bit', he ? 'תשלום ב-Bit' : 'Pay by Bit')}
      <details><summary>${he ? 'לבדיקות' : 'For tests'}</summary><p style="display:grid;gap:.5rem">${button('less', he ? 'תשלום של שקל אחד פחות' : 'Pay a shekel less')}${button('dollars', he ? 'תשלום בדולרים' : 'Pay in dollars')}${button('fail', he ? 'כרטיס שנדחה' : 'A card that is declined')}</p></details>
    </form>`)
}

/** What somebody pressed on the page. @returns the charge that it made, to be told of. */
export async function pressOn(merchant: Merchant, { request, response, path }: Exchange): Promise<Charge> {
  const page = pageOf(merchant, path)
  if (page.closed) throw new HttpError(409, 'The page is closed.')
  const choice = new URLSearchParams(await readBody(request)).get('choice')
  const charge = merchant.charge(page.uid, chosen(choice, page))
  const he = page.asked['language_code'] !== 'en'
  html(response, he, charge.status === '000' ? `<p role="status">${he ? 'התשלום התקבל. תודה.' : 'Your payment was received. Thank you.'}</p>` : `<p role="alert">${he ? 'הכרטיס נדחה.' : 'The card was declined.'}</p><p><a href="/${page.uid}">${he ? 'לנסות שוב' : 'Try again'}</a></p>`)
  return charge
}

function chosen(choice: string | null, { amount }: Page): Parameters<Merchant['charge']>[1] {
  if (choice === 'bit') return { method: 'bit' }
  if (choice === 'less') return { amount: amount - 1 }
  if (choice === 'dollars') return { currency: 'USD' }
  return choice === 'fail' ? { status: '033' } : {}
}

function pageOf(merchant: Merchant, path: string): Page {
  const page = merchant.pages.get(path.slice(1))
  if (!page) throw new HttpError(404, 'There is no such page.')
  return page
}

const button = (choice: string, label: string): string => `<button name="choice" value="${choice}" style="font:inherit;padding:.75rem">${label}</button>`

const html = (response: Exchange['response'], he: boolean, body: string): void =>
  send(response, 200, 'text/html; charset=utf-8', `<!doctype html><html lang="${he ? 'he' : 'en'}" dir="${he ? 'rtl' : 'ltr'}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${he ? 'דף תשלום להדגמה' : 'Demo payment page'}</title><main style="max-width:24rem;margin:10vh auto;padding:1rem;font-family:sans-serif;text-align:center"><h1>${he ? 'דף תשלום להדגמה' : 'Demo payment page'}</h1><p>${he ? 'כסף אמיתי אינו עובר כאן.' : 'No real money moves here.'}</p>${body}</main></html>`)
