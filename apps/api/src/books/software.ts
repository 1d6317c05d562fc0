import type { BookSoftware } from '@yoman/db/books/table'

/**
 * Who wrote the uniform file. Software that others use is registered with the Tax Authority (bookkeeping instructions, appendix ה'(ג));
 * until it is, the registration number is zeros and the authority's simulator says so. See docs/BOOKS.md.
 */
export const bookSoftware: BookSoftware = { name: 'Yoman', version: '0.1', registration: '00000000', vendorVatNumber: '000000000', vendor: 'Yoman' }
