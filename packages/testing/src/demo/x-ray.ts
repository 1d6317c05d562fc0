import { samplePng } from '../sample-files.ts'

/** A drawn X-ray of two rows of teeth, the same for the same number: grey on black, bright enamel, a dark root canal, here and there a filling. */
export function drawXRay(width: number, height: number, variant: number): Buffer {
  const across = width > height * 1.6 ? 14 : 4 // a panorama, or a bitewing
  return samplePng(width, height, (x, y) => {
    const u = x / width
    const curve = across > 4 ? 0.1 * Math.cos((u - 0.5) * Math.PI) : 0
    const upper = shade(u, (y / height - (0.04 + curve)) / 0.42, across, variant)
    const lower = shade(u, (0.96 - curve * 0.4 - y / height) / (0.43 - curve * 0.9), across, variant + 7)
    const noise = (hash(x >> 1, y >> 1, variant) - 0.5) * 16
    const bone = 46 + 22 * Math.sin(x / 37 + variant) * Math.cos(y / 29) + 30 * (1 - Math.abs(y / height - 0.5) * 1.6)
    return Math.max(0, Math.min(255, Math.round(Math.max(bone, upper, lower) + noise)))
  })
}

/** One row of teeth: `v` is 0 at the root's end and 1 at the edge; 0 where there is no tooth. */
function shade(u: number, v: number, across: number, variant: number): number {
  if (v < 0 || v > 1) return 0
  const number = Math.floor(u * across)
  const middle = (u * across - number - 0.5) * 2 // -1 to 1 across the tooth
  const neck = smooth((v - 0.5) / 0.2) // from the root to the crown
  const broad = (0.3 + 0.3 * Math.sqrt(Math.min(1, v * 4)) + neck * 0.3) * Math.sqrt(Math.min(1, (1 - v) * 9 + 0.25)) + 0.03 * Math.sin(number * 2.1 + variant)
  const inside = 1 - Math.abs(middle) / broad
  if (inside <= 0 || (number * 3 + variant) % 11 === 0) return 0 // a gap between two teeth, or one that was drawn
  if (v > 0.74 && (number + variant) % 5 === 1 && Math.hypot(middle, (v - 0.87) * 3.4) < 0.4) return 244 // a filling
  const canal = -40 * smooth(1 - Math.abs(middle) / 0.16) * smooth((0.8 - v) / 0.2)
  return 84 + 70 * Math.sqrt(inside) + 62 * smooth((v - 0.58) / 0.16) + canal
}

const smooth = (t: number): number => (t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t))

function hash(x: number, y: number, seed: number): number {
  const mixed = Math.imul(x * 374_761_393 + y * 668_265_263 + seed * 69_069, 1_274_126_177)
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296
}
