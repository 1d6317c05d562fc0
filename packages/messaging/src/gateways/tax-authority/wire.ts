import type { AllocationRequest } from '@yoman/domain/allocation-numbers/authority'

/** Before the maker of the software is registered with the authority. */
const unregistered = 0

const shekels = (agorot: number): number => agorot / 100
/** Of a text that has no room for more. */
const cut = (text: string, letters: number): string => [...text].slice(0, letters).join('')

/**
 * The body of `Invoices/v2/Approval` (Tax Authority, "Israel Invoice" API v2.0, July 2024). All treatments are one item, "services": the law wants
 * sums, and what was done to a patient stays with the clinic. Sums in shekels with two digits.
 */
export const approvalBody = ({ invoiceId, kind, number, issuedOn, vatNumber, dealerNumber, payerName, net, vat, total, vatBasisPoints }: AllocationRequest) => ({
  invoice_id: invoiceId,
  invoice_type: Number(kind),
  vat_number: Number(vatNumber),
  invoice_reference_number: String(number),
  customer_vat_number: Number(dealerNumber),
  customer_name: cut(payerName, 25),
  invoice_date: issuedOn.toString(),
  invoice_issuance_date: issuedOn.toString(),
  accounting_software_number: unregistered,
  amount_before_discount: shekels(net),
  discount: 0,
  payment_amount: shekels(net),
  vat_amount: shekels(vat),
  payment_amount_including_vat: shekels(total),
  items: [{ index: 1, description: 'שירותים', quantity: 1, price_per_unit: shekels(net), discount: 0, total_amount: shekels(net), vat_rate: vatBasisPoints / 100, vat_amount: shekels(vat) }],
})
