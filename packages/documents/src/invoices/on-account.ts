/** The one line of a receipt for part of a transaction invoice, in the language of the document; Arabic and Russian get English, as the document does. */
export const onAccountText = (language: 'he' | 'en' | 'ar' | 'ru', number: number): string =>
  language === 'he' ? `תשלום על חשבון חשבונית עסקה מס׳ ${number}` : `Payment on account of transaction invoice no. ${number}`
