import { generateKeyPairSync } from 'node:crypto'
import forge from 'node-forge'

/** A certificate that nobody vouches for but itself, in a PKCS#12 file as an authority would give it out: for tests and for the demo. `besides` lie in the file too and have nothing to do with it. */
export function testCertificate(name: string, password: string, { fromMs, toMs }: { fromMs: number; toMs: number }, besides = 0): Buffer {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs1', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } })
  const key = forge.pki.privateKeyFromPem(privateKey)
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.setRsaPublicKey(key.n, key.e)
  certificate.serialNumber = '01a2'
  certificate.validity.notBefore = new Date(fromMs)
  certificate.validity.notAfter = new Date(toMs)
  const names = [{ name: 'commonName', value: name, valueTagClass: forge.asn1.Type.UTF8 as unknown as forge.asn1.Class }] // the types know the class alone
  certificate.setSubject(names)
  certificate.setIssuer(names)
  certificate.sign(key, forge.md.sha256.create())
  return Buffer.from(forge.asn1.toDer(forge.pkcs12.toPkcs12Asn1(key, [certificate, ...Array.from({ length: besides }, () => stranger(certificate))], password, { algorithm: '3des' })).getBytes(), 'latin1')
}

/** Another's, of several thousand bytes. */
function stranger(like: forge.pki.Certificate): forge.pki.Certificate {
  const other = forge.pki.createCertificate()
  const key = forge.pki.privateKeyFromPem(generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs1', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } }).privateKey)
  Object.assign(other, { publicKey: forge.pki.setRsaPublicKey(key.n, key.e), serialNumber: '0b', validity: like.validity })
  const names = [{ name: 'commonName', value: 'x'.repeat(5_000) }]
  other.setSubject(names)
  other.setIssuer(names)
  other.sign(key, forge.md.sha256.create())
  return other
}
