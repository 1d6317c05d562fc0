import { ResizeFilterType, ResizeFit, Transformer } from '@napi-rs/image'

const side = 400 // twice what a tile shows, for fine screens
const quality = 72

/** A picture as WebP of at most 400 pixels a side, turned as its camera says; null where it cannot be decoded. Whoever calls has looked at its size: see `acceptFile`. */
export async function drawSmall(bytes: Buffer): Promise<Buffer | null> {
  try {
    return await new Transformer(bytes).rotate().resize({ width: side, height: side, fit: ResizeFit.Inside, filter: ResizeFilterType.Triangle }).webp(quality)
  } catch {
    return null // its own errors are texts of many kinds; all of them mean that this file is no picture to it
  }
}
