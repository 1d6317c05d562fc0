import type { Texts } from './text.ts'

export const en: Texts = {
  // Words of the language come first: a Hebrew name in front would turn the whole line right to left.
  sms: {
    reminder: 'Visit {date} at {time}: {patientFirstName}, {clinicName}, {practitionerName}\nConfirm or change: {link}',
    booked: 'Booked for {date} at {time}: {patientFirstName}, {clinicName}, {practitionerName}\nDetails: {link}',
    moved: 'Visit moved to {date} at {time}: {patientFirstName}, {clinicName}, {practitionerName}\nDetails: {link}',
    cancelled: 'Hello {patientFirstName}, {clinicName}: your appointment on {date} at {time} has been cancelled. For another, call us\n{phone}',
    offer: 'Hello {patientFirstName}, {clinicName}: a place is free on {date} at {time}, {practitionerName}. Take it by {until}:\n{link}\nPhone {phone}',
    debt: 'Hello {patientFirstName}, {clinicName}: by our records a bill of {date} is still open (no. {number}). If it is paid, please ignore this.\nQuestions: {phone}',
    form: 'Hello {patientFirstName}, {clinicName}: please fill in a short form before your visit:\n{link}\nPhone {phone}',
    series_changed: 'Hello {patientFirstName}, {clinicName}: your appointments have changed: {times}\n{practitionerName}\nPhone {phone}',
    series_cancelled: 'Hello {patientFirstName}, {clinicName}: these appointments have been cancelled: {times}. For others, call us\n{phone}',
  },
  email: {
    reminder: {
      subject: 'Your appointment on {date} at {time}',
      body: 'Hello {patientFirstName},\nThis is a reminder of your appointment at {clinicName}, {branchName}.\nWhen: {date} at {time}\nWith: {practitionerName}\nTo confirm, change or cancel it: {link}\nOr call {phone}',
    },
    booked: {
      subject: 'Your appointment is booked: {date} at {time}',
      body: 'Hello {patientFirstName},\nYour appointment at {clinicName}, {branchName}, is booked.\nWhen: {date} at {time}\nWith: {practitionerName}\nTo confirm, change or cancel it: {link}\nOr call {phone}',
    },
    moved: {
      subject: 'Your appointment has moved to {date} at {time}',
      body: 'Hello {patientFirstName},\nYour appointment at {clinicName}, {branchName}, has a new time.\nWhen: {date} at {time}\nWith: {practitionerName}\nIf the time does not suit you: {link}\nOr call {phone}',
    },
    cancelled: {
      subject: 'Your appointment on {date} has been cancelled',
      body: 'Hello {patientFirstName},\nYour appointment at {clinicName}, {branchName}, on {date} at {time} has been cancelled.\nFor another one, call {phone}',
    },
    debt: {
      subject: 'A bill of {date} is still open – {clinicName}',
      body: 'Hello {patientFirstName},\nBy our records this document is still open: {documentName} No. {number} of {date}, {total}. It is attached.\nIf it is paid already, thank you: please ignore this message.\nFor questions, or to agree on another date, call {phone}\n{clinicName}, {branchName}',
    },
    statement: {
      subject: 'Statement of account for {month} – {clinicName}',
      body: 'Hello {patientFirstName},\nAttached is the statement of account for {month}.\nTo be paid: {total}. If it is paid already, thank you: please ignore this message.\nThe statement is for information and is no invoice.\nFor questions call {phone}\n{clinicName}',
    },
    invoice: {
      subject: '{documentName} {number} – {clinicName}',
      body: 'Hello {patientFirstName},\nPlease find attached: {documentName} No. {number}, {total}.\nIt is a PDF file and a computerised document.\nThank you,\n{clinicName}\nFor questions, call {phone}',
    },
  },
  documents: { 300: 'Transaction invoice', 305: 'Tax invoice', 320: 'Tax invoice / receipt', 330: 'Credit tax invoice', 400: 'Receipt', 410: 'Refund voucher' },
}
