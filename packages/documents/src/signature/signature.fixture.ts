import { createHash, verify, X509Certificate } from 'node:crypto'

interface Der {
  tag: number
  /** With tag and length. */
  whole: Buffer
  body: Buffer
}

/** The first value of DER (X.690): enough to read a signature by other code than that which wrote it. What follows it, such as padding, is not looked at. */
function first(bytes: Buffer): Der {
  const short = bytes.readUInt8(1)
  const lengthBytes = short < 128 ? 0 : short & 127
  const from = 2 + lengthBytes
  const upTo = from + (lengthBytes === 0 ? short : bytes.readUIntBE(2, lengthBytes))
  return { tag: bytes.readUInt8(0), whole: bytes.subarray(0, upTo), body: bytes.subarray(from, upTo) }
}

/** What stands beside each other. */
function der(bytes: Buffer): Der[] {
  const all: Der[] = []
  for (let rest = bytes; rest.length > 0; rest = rest.subarray(all.at(-1)?.whole.length)) all.push(first(rest))
  return all
}

const nth = (bytes: Buffer, index: number): Der => {
  const found = index === 0 ? first(bytes) : der(bytes).at(index)
  if (!found) throw new Error('the signature has another shape')
  return found
}

const signedDataSigner = (signer: Der[]): Buffer => signer[1]?.body ?? Buffer.alloc(0)

/** Reads the one signature of a PDF and checks it with Node's own OpenSSL (RFC 5652, 5.4). @returns who signed; null where it does not hold. */
export function signerOf(pdf: Buffer): string | null {
  const [range = '', a = '', b = '', c = '', d = ''] = /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]/.exec(pdf.toString('latin1')) ?? []
  if (range === '') return null
  const [from, upTo, again, length] = [Number(a), Number(b), Number(c), Number(d)]
  if (from !== 0 || again + length !== pdf.length) return null // something of the file is not under the signature
  const signed = Buffer.concat([pdf.subarray(0, upTo), pdf.subarray(again)])
  const contents = Buffer.from(pdf.subarray(upTo + 1, again - 1).toString('latin1'), 'hex')
  const signedData = nth(nth(nth(contents, 0).body, 1).body, 0).body
  const certificate = new X509Certificate(nth(der(signedData).find(({ tag }) => tag === 0xa0)?.body ?? Buffer.alloc(0), 0).whole)
  const signer = der(nth(nth(signedData, -1).body, 0).body)
  const named = nth(signedDataSigner(signer), 0).whole // issuerAndSerialNumber: its issuer has to be that of the certificate, byte for byte
  if (!certificate.raw.includes(named)) return null
  const attributes = signer.find(({ tag }) => tag === 0xa0)
  if (!attributes) return null
  const messageDigest = der(attributes.body).map(({ body }) => der(body)).find(([type]) => type?.body.toString('hex') === '2a864886f70d010904') // 1.2.840.113549.1.9.4
  if (!messageDigest?.[1] || !nth(messageDigest[1].body, 0).body.equals(createHash('sha256').update(signed).digest())) return null
  const asSet = Buffer.concat([Buffer.from([0x31]), attributes.whole.subarray(1)]) // what is signed is the SET OF, not the implicit tag
  return verify('sha256', asSet, certificate.publicKey, signer.at(-1)?.body ?? Buffer.alloc(0)) ? (/CN=(.*)/.exec(certificate.subject)?.[1] ?? '') : null
}
