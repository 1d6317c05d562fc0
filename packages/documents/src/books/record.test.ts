import { expect, it } from 'vitest'
import { cleanText } from './clean-text.ts'
import { hebrewBytes } from './iso-8859-8.ts'
import { layout } from './layout.ts'
import specification from './openfrmt-fields.fixture.json' with { type: 'json' }
import { type Values, writeRecord } from './record.ts'

const vat = '777777715'
const document = { 1204: '1001', 1254: '1001', 1304: '1001' }
/** A sale of 118.00 by card with a discount of 18.00 on its line: the lines that a reference encoder made of the specification. */
const golden: Record<string, string> = {
  A100: 'A100000000001777777715123456789012345&OF1.31&                                                  ',
  C100: 'C1000000000027777777153201001                202611210915ישראלה ישראלי                                                                                                 חיפה                                                                  0502345678     00000000020261121+00000000000000   +00000000010000+00000000000000+00000000010000+00000000001800+00000000011800+00000000000P000123                   20261121       dana     0001001             ',
  D110: 'D1100000000037777777153201001                0001000                    1SCALING             הסרת אבנית                                                                                                    יחידה               +0000000000010000+00000000011800-00000000001800+000000000100001800       202611210001001                            ',
  D120: 'D1200000000047777777153201001                0001300000000000000000000000000000000000000000000020261210+000000000118002Visa                1       202611210001001                                                            ',
  Z900: 'Z900000000005777777715123456789012345&OF1.31&000000000000005                                                  ',
}

const sale: [Parameters<typeof writeRecord>[0], Values][] = [
  ['A100', { 1100: 'A100', 1101: 1, 1102: vat, 1103: '123456789012345', 1104: '&OF1.31&' }],
  [
    'C100',
    {
      1200: 'C100', 1201: 2, 1202: vat, 1203: 320, 1204: document[1204], 1205: 20_261_121, 1206: '0915', 1207: 'ישראלה ישראלי', 1210: 'חיפה', 1214: '0502345678', 1216: 20_261_121,
      1219: 10_000, 1221: 10_000, 1222: 1_800, 1223: 11_800, 1225: 'P000123', 1230: 20_261_121, 1233: 'dana', 1234: 1001,
    },
  ],
  [
    'D110',
    {
      1250: 'D110', 1251: 3, 1252: vat, 1253: 320, 1254: document[1254], 1255: 1, 1258: 1, 1259: 'SCALING', 1260: 'הסרת אבנית', 1263: 'יחידה', 1264: 10_000, 1265: 11_800, 1266: -1_800,
      1267: 10_000, 1268: 1_800, 1272: 20_261_121, 1273: 1001,
    },
  ],
  [
    'D120',
    { 1300: 'D120', 1301: 4, 1302: vat, 1303: 320, 1304: document[1304], 1305: 1, 1306: 3, 1311: 20_261_210, 1312: 11_800, 1313: 2, 1314: 'Visa', 1315: 1, 1322: 20_261_121, 1323: 1001 },
  ],
  ['Z900', { 1150: 'Z900', 1151: 5, 1152: vat, 1153: '123456789012345', 1154: '&OF1.31&', 1155: 5 }],
]

it.each(sale)('writes the golden %s byte for byte', (code, values) => {
  const written = writeRecord(code, values)
  expect(written).toBe(golden[code])
  expect(hebrewBytes(written)).toHaveLength(specification.lengths[code as keyof typeof specification.lengths])
})

it('has the fields of the specification, in their places', () => {
  for (const [code, fields] of Object.entries(layout)) {
    const there = specification.records[code as keyof typeof specification.records].filter(({ len }) => len > 0)
    expect(fields.map(({ no, kind, length }) => [no, { X: 'alpha', N: 'num', S: 'signed' }[kind], length]), code).toEqual(there.map(({ no, kind, len }) => [no, kind, len]))
  }
})

it('writes signed amounts as the specification shows them', () => {
  const amount = (agorot: number): string => writeRecord('C100', { 1219: agorot }).slice(287, 302)
  expect([amount(-1_234_565), amount(124_565), amount(0)]).toEqual(['-00000001234565', '+00000000124565', '+00000000000000'])
})

it('cuts words, never numbers', () => {
  expect(writeRecord('SUM', { 1050: 'B100 and more', 1051: 7 })).toBe('B100000000000000007')
  expect(() => writeRecord('D110', { 1255: 10_000 })).toThrow(RangeError)
  expect(() => writeRecord('D110', { 1264: 1.5 })).toThrow(RangeError)
  expect(() => writeRecord('D110', { 1255: -1 })).toThrow(RangeError)
  expect(() => writeRecord('D110', { 1300: 1 })).toThrow(RangeError)
})

it('keeps of any text what one byte a letter can say', () => {
  expect(cleanText('שָׁלוֹם ״אבא״ ז׳בוטינסקי 5–7 בן־דוד')).toBe('שלום "אבא" ז\'בוטינסקי 5-7 בן-דוד')
  expect(cleanText('José ₪20\u200f\t😀 漢')).toBe('Jose ש"ח20    ')
  expect(cleanText('Сергей Щукин أحمد خليل')).toBe("Sergey Shchukin אחמד ח'ליל")
  expect([...hebrewBytes('את zA\r\n')]).toEqual([0xe0, 0xfa, 0x20, 0x7a, 0x41, 0x0d, 0x0a])
  expect(() => hebrewBytes('é')).toThrow(RangeError)
})
