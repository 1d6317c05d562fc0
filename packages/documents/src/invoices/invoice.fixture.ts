import type { Invoice } from '@yoman/domain/invoices/invoice'
import { issueForVisit } from '@yoman/domain/invoices/issue-for-visit'
import { plainDate } from '@yoman/domain/time'
import type { Letterhead } from './model.ts'

const day = plainDate('2026-11-22')

export const clinic: Letterhead = { name: 'מרפאת השיניים כהן ובניו (תל אביב)', branchName: 'סניף דיזנגוף', phone: '03-612-3456', email: 'desk@cohen-dental.co.il' }

/** A paid visit with what is hard to write: brackets, an abbreviation in Latin, teeth, percent, quotes, a long line. */
export function anInvoice(over: Partial<Invoice> = {}): Invoice {
  const draft = issueForVisit({
    lines: [
      { description: 'בדיקה תקופתית (כולל צילום CT) – שן 36', quantity: 1, unitPrice: 35_000 },
      { description: 'סתימה לבנה, 2 משטחים (MO)', quantity: 2, unitPrice: 48_050 },
      { description: 'הלבנה 10% "בייתית": סד אישי לשתי הלסתות, ערכת ג׳ל לארבעה-עשר לילות, הדרכה ושתי ביקורות מעקב במרפאה לפי תיאום מראש', quantity: 1, unitPrice: 123_456 },
    ],
    payments: [
      { method: 'card', amount: 204_556, receivedOn: day, reference: 'Visa 4580-1234 (אישור 0077)' },
      { method: 'cash', amount: 50_000, receivedOn: day, reference: '' },
    ],
    vatRates: [{ validFrom: plainDate('2025-01-01'), basisPoints: 1800 }],
    taxPoint: day,
  })
  return {
    ...draft, id: '0197a000-0000-7000-8000-000000000001', number: 1024, issuedOn: day, issuedAtMs: 1_795_339_800_000,
    business: { legalName: 'ד״ר כהן ובניו בע״מ', vatNumber: '514777715', address: 'דיזנגוף 99 (קומה 3), תל אביב-יפו 6433222' },
    payer: { name: 'נועה בן-דוד לוי', address: 'רחוב הרצל 12/4, חולון', nationalId: '123456782' },
    ...over,
  }
}
