// The page of the post office: asks for news every second and a half and draws what changed.
import { drawCalls } from './calls.js'
import { byId, choice, element, fill, line, ltr, readable, time } from './draw.js'
import { words } from './words.js'

const BASE = '/dev/post/api'
const NEWS_MS = 1500

const state = { language: localStorage.getItem('post-language') === 'en' ? 'en' : 'he', lines: -1, sms: [], mails: [], calls: [], number: '', mail: '', clock: undefined, isLost: false }
const word = (name) => words[state.language][name]

function speak(language) {
  state.language = language
  localStorage.setItem('post-language', language)
  document.documentElement.lang = language
  document.documentElement.dir = language === 'he' ? 'rtl' : 'ltr'
  document.title = word('title')
  const button = byId('language')
  button.textContent = word('language')
  button.lang = language === 'he' ? 'en' : 'he'
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = word(element.dataset.word)
  for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', word(element.dataset.label))
  for (const element of document.querySelectorAll('[data-placeholder]')) element.placeholder = word(element.dataset.placeholder)
  drawPhone()
  drawCalls(state.calls, word, act)
  drawMails()
  drawMail()
  drawClock()
}

async function readNews() {
  try {
    const news = await ask(`${BASE}/post?after=${state.lines}`)
    if (state.isLost) tell('') // what else stands there is still to be read
    state.isLost = false
    if (news.lines !== state.lines) {
      Object.assign(state, news)
      drawPhone()
      drawCalls(state.calls, word, act)
      drawMails()
      if (state.mail === '') await drawMail()
    }
  } catch {
    state.isLost = true
    tell(word('lost'))
  }
  setTimeout(readNews, NEWS_MS)
}

async function ask(path, options) {
  const answer = await fetch(path, options)
  if (!answer.ok) throw new Error(`${answer.status}`)
  return answer.json()
}

const post = (path, body) => ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })

function tell(sentence) {
  const problem = byId('problem')
  if (problem.textContent !== sentence) problem.textContent = sentence
  problem.hidden = sentence === ''
}

// ---- the phone

const patientOf = (sms) => (sms.direction === 'inbound' ? sms.from : sms.to)
const senderOf = (sms) => (sms.direction === 'inbound' ? sms.to : sms.from)

function drawPhone() {
  const last = new Map()
  for (const sms of state.sms) {
    last.delete(patientOf(sms)) // the number written to last comes first
    last.set(patientOf(sms), sms)
  }
  const numbers = [...last.keys()].reverse()
  if (!last.has(state.number)) state.number = numbers[0] ?? ''
  fill(byId('numbers'), numbers.map((number) => choice(number === state.number, [ltr(readable(number)), line(last.get(number).body)], () => chooseNumber(number))), word('noSms'))
  const shown = state.sms.filter((sms) => patientOf(sms) === state.number)
  byId('who').textContent = readable(state.number)
  fill(byId('bubbles'), shown.map(bubble))
  byId('bubbles').scrollTop = byId('bubbles').scrollHeight
  byId('reply').hidden = shown.length === 0
}

function chooseNumber(number) {
  state.number = number
  drawPhone()
}

function bubble(sms) {
  const body = element('p', 'body', sms.body)
  body.dir = 'auto'
  const status = word('status')[sms.status]
  const about = element('p', 'about')
  about.append(ltr(time(sms.at)), ` · ${status}${sms.errorCode ? ` (${sms.errorCode})` : ''} · ${patientOf(sms).startsWith('whatsapp:') ? 'WhatsApp' : word('segments')(sms.segments)}`)
  const item = element('li', `bubble ${sms.direction === 'inbound' ? 'mine' : 'theirs'} ${sms.status}`)
  item.append(body, about)
  return item
}

async function reply(event) {
  event.preventDefault()
  const input = byId('reply-text')
  const latest = state.sms.findLast((sms) => patientOf(sms) === state.number)
  if (!latest || input.value.trim() === '') return
  try {
    const { outcome } = await post(`${BASE}/replies`, { from: state.number, to: senderOf(latest), body: input.value })
    input.value = ''
    tell('')
    if (typeof outcome !== 'number' || outcome >= 300) tell(word('notAnswered')(outcome))
  } catch {
    tell(word('failed'))
  }
}

// ---- the calls

async function act(sid, deed) {
  try {
    const { heard } = await post(`${BASE}/calls/${sid}`, { deed })
    tell(heard ? '' : word('callOver'))
  } catch {
    tell(word('failed'))
  }
}

// ---- the mailbox

function drawMails() {
  const choices = state.mails.toReversed().map((mail) => {
    const subject = line(mail.subject || word('noSubject'))
    const about = element('span', 'about')
    about.append(ltr(mail.to.join(', ')), ' · ', ltr(time(mail.at)))
    return choice(mail.id === state.mail, [subject, about], () => chooseMail(mail.id))
  })
  fill(byId('mails'), choices, word('noMail'))
}

async function chooseMail(id) {
  state.mail = id
  drawMails()
  await drawMail()
}

async function drawMail() {
  const article = byId('mail')
  if (state.mail === '') return fill(article, [], state.mails.length > 0 ? word('chooseMail') : '')
  try {
    const mail = await ask(`${BASE}/mails/${state.mail}`)
    const subject = element('h3', '', mail.subject || word('noSubject'))
    subject.dir = 'auto'
    const text = element('div', 'text', mail.text)
    text.dir = 'auto'
    const parts = [subject, headerLine('from', mail.headers.from), headerLine('to', mail.headers.to), text]
    if (mail.hasHtml) parts.push(link(`${BASE}/mails/${mail.id}/html`, [word('asHtml')]))
    mail.attachments.forEach((file, index) => parts.push(link(`${BASE}/mails/${mail.id}/attachments/${index}`, [ltr(file.name || word('attachment')), ltr(`${Math.ceil(file.bytes / 1024)} KB`)])))
    fill(article, parts)
  } catch {
    tell(word('failed'))
  }
}

function headerLine(name, value) {
  const paragraph = element('p', 'header')
  const content = element('bdi', '', value)
  content.dir = 'auto'
  paragraph.append(`${word(name)}: `, content)
  return paragraph
}

function link(href, children) {
  const anchor = element('a', 'file')
  anchor.append(...children)
  Object.assign(anchor, { href, target: '_blank', rel: 'noopener' })
  return anchor
}

// ---- the clock (there only where the product serves this page, in the demo)

async function readClock() {
  try {
    const { now, offsetMs } = await ask('/dev/clock')
    await setClock(now, offsetMs)
  } catch {
    byId('clock').hidden = true
  }
}

async function setClock(now, offsetMs) {
  state.clock = { ahead: Date.parse(now) - Date.now(), offsetMs, jumps: await ask(`${BASE}/jumps?now=${encodeURIComponent(now)}`) }
  drawClock()
}

function drawClock() {
  if (!state.clock) return
  byId('clock').hidden = false
  byId('moved').hidden = state.clock.offsetMs === 0
  const buttons = state.clock.jumps.map(({ name, to, holiday }) => jumpButton(holiday ? word(name)(holiday[state.language]) : word(name), { to }))
  fill(byId('jumps'), [...buttons, jumpButton(word('real'), { offsetMs: 0 })])
  showNow()
}

function jumpButton(text, body) {
  const button = element('button', '', text)
  button.type = 'button'
  button.addEventListener('click', async () => {
    try {
      // The hour on is an hour from the press, not from when the button was drawn.
      const to = body.to && text === word('hour') ? new Date(Date.now() + state.clock.ahead + 3_600_000).toISOString() : body.to
      const { now, offsetMs } = await post('/dev/clock', to ? { to } : body)
      await setClock(now, offsetMs)
    } catch {
      tell(word('failed'))
    }
  })
  return button
}

function showNow() {
  if (!state.clock) return
  const now = Date.now() + state.clock.ahead
  byId('now-time').textContent = time(now)
  byId('now-date').textContent = new Intl.DateTimeFormat(state.language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Asia/Jerusalem' }).format(now)
}

// ---- here it begins, when everything above is there

byId('language').addEventListener('click', () => speak(state.language === 'he' ? 'en' : 'he'))
byId('reply').addEventListener('submit', reply)
// What is typed goes its own way; the hint in the empty field goes the page's.
byId('reply-text').addEventListener('input', ({ target }) => (target.dir = target.value === '' ? '' : 'auto'))
speak(state.language)
await Promise.all([readNews(), readClock()])
setInterval(showNow, 1000)
