const gsm = '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const gsmExtension = '\f^{}\\[~]|€'
const plain = new Set(gsm)
const extended = new Set(gsmExtension)

/** In how many parts an SMS of this text travels: 160 characters of the network's own alphabet in one, 153 in each of several; 70 and 67 with any other letter. 3GPP TS 23.038 and 23.040. */
export function smsParts(text: string): number {
  const letters = [...text]
  if (letters.length === 0) return 0
  if (letters.every((letter) => plain.has(letter) || extended.has(letter))) return counted(letters.map((letter) => (extended.has(letter) ? 2 : 1)), 160, 153)
  return counted(letters.map((letter) => letter.length), 70, 67)
}

/** What takes two places is never torn apart between two parts. */
function counted(sizes: readonly number[], alone: number, each: number): number {
  if (sizes.reduce((sum, size) => sum + size, 0) <= alone) return 1
  let parts = 1
  let filled = 0
  for (const size of sizes) {
    if (filled + size > each) {
      parts += 1
      filled = 0
    }
    filled += size
  }
  return parts
}
