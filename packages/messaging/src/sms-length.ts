import * as calculator from 'sms-segments-calculator'

export interface SmsLength {
  /** Code units of the encoding, as the network counts them. */
  characters: number
  /** What is paid for: 160 or 70 characters in one, 153 or 67 in each of several. */
  parts: number
  encoding: 'GSM-7' | 'UCS-2'
}

/** What an SMS of this text costs. One Hebrew letter, ₪ or curly quote turns all of it to UCS-2. */
export function smsLength(text: string): SmsLength {
  const message = new calculator.SegmentedMessage(text)
  return { characters: message.numberOfCharacters, parts: message.segmentsCount, encoding: message.encodingName }
}
