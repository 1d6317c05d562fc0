/** fontkit ships no types; this is the little that is used of it. */
declare module 'fontkit' {
  export interface Font {
    readonly unitsPerEm: number
    hasGlyphForCodePoint(codePoint: number): boolean
    layout(text: string, features: string[]): { glyphs: { name: string }[] }
  }
  export function create(data: Buffer): Font
}
