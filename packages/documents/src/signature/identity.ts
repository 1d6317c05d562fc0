import type { CertificateFacts, SigningIdentity } from '@yoman/domain/invoices/signing'
import { instantFromMs } from '@yoman/domain/time'
import forge from 'node-forge'

/** Why a file is no identity to sign with. */
export type WhyNoIdentity = 'not_a_p12' | 'wrong_password' | 'no_key' | 'not_rsa' | 'unusual_name' | 'too_large'

export class IdentityRefused extends Error {
  readonly why: WhyNoIdentity

  constructor(why: WhyNoIdentity, options?: ErrorOptions) {
    super(`no identity to sign with: ${why}`, options)
    this.why = why
  }
}

type Bags = ReturnType<forge.pkcs12.Pkcs12Pfx['getBags']>

/**
 * Reads a PKCS#12 file (.p12, .pfx) as certificate authorities give it out: what is signed with, and what its certificate says. Throws
 * `IdentityRefused`. Takes some tenths of a second: such files are slow to open on purpose.
 */
export function readIdentity(file: Buffer, password: string): { identity: SigningIdentity; facts: CertificateFacts } {
  const p12 = open(file, password)
  const key = firstKey(p12)
  if (!('n' in key)) throw new IdentityRefused('not_rsa')
  const certificates = bagsOf(p12, forge.pki.oids['certBag']).flatMap(({ cert }) => (cert ? [cert] : []))
  const own = certificates.find(({ publicKey }) => 'n' in publicKey && publicKey.n.compareTo(key.n) === 0 && publicKey.e.compareTo(key.e) === 0)
  if (!own) throw new IdentityRefused('no_key')
  if (!isFoundByItsIssuer(own)) throw new IdentityRefused('unusual_name')
  const chain = chainOf(own, certificates)
  if (sizeOf(chain) > mostBytes) throw new IdentityRefused('too_large')
  return { identity: { key: forge.pki.privateKeyToPem(key), certificates: chain.map((one) => forge.pki.certificateToPem(one)) }, facts: factsOf(own) }
}

/** The certificates of one signature together, in bytes; what else it holds takes some hundreds. A chain of three with 4096 bits each takes some five thousand. */
export const mostBytes = 10_000
const sizeOf = (chain: readonly forge.pki.Certificate[]): number => chain.reduce((sum, one) => sum + forge.asn1.toDer(forge.pki.certificateToAsn1(one)).length(), 0)

/** Those that vouch for it, each by the next; what else lies in the file (an authority may pack all it has) is left there. */
function chainOf(own: forge.pki.Certificate, all: readonly forge.pki.Certificate[]): forge.pki.Certificate[] {
  const chain = [own]
  for (let last: forge.pki.Certificate | undefined = own; last; ) {
    const { issuer }: forge.pki.Certificate = last
    last = all.find((one) => one.subject.hash === issuer.hash && !chain.includes(one))
    if (last) chain.push(last)
  }
  return chain
}

/**
 * The certificate as forge signs with it. A signature names the certificate by its issuer, byte for byte; forge reads UTF-8 as bytes and
 * writes it as letters, so that a Hebrew name would be written twice over, and no reader would find the certificate.
 */
export function certificateToSignWith(pem: string): forge.pki.Certificate {
  const certificate = forge.pki.certificateFromPem(pem)
  for (const attribute of certificate.issuer.attributes) if (typeof attribute.value === 'string' && isUtf8(attribute)) attribute.value = decode(attribute.value)
  return certificate
}

const isUtf8 = (attribute: forge.pki.CertificateField): boolean => Number(attribute.valueTagClass) === Number(forge.asn1.Type.UTF8)

/** Whether the issuer's name is written as the certificate has it: else (an alphabet of the nineties) no reader would find whose signature it is. */
function isFoundByItsIssuer(own: forge.pki.Certificate): boolean {
  const { issuer } = certificateToSignWith(forge.pki.certificateToPem(own))
  const der = forge.asn1.toDer(forge.pki.distinguishedNameToAsn1(issuer)).getBytes()
  return forge.asn1.toDer(forge.pki.certificateToAsn1(own)).getBytes().includes(der)
}

function open(file: Buffer, password: string): forge.pkcs12.Pkcs12Pfx {
  let pfx: forge.asn1.Asn1
  try {
    pfx = forge.asn1.fromDer(forge.util.createBuffer(file.toString('latin1')))
  } catch (cause) {
    throw new IdentityRefused('not_a_p12', { cause })
  }
  try {
    return forge.pkcs12.pkcs12FromAsn1(pfx, false, password)
  } catch (cause) {
    throw new IdentityRefused(/password|MAC/i.test(String(cause)) ? 'wrong_password' : 'not_a_p12', { cause })
  }
}

const bagsOf = (p12: forge.pkcs12.Pkcs12Pfx, type: string | undefined): NonNullable<Bags[string]> => (type === undefined ? [] : (p12.getBags({ bagType: type })[type] ?? []))

function firstKey(p12: forge.pkcs12.Pkcs12Pfx): forge.pki.PrivateKey {
  const { pkcs8ShroudedKeyBag, keyBag } = forge.pki.oids
  const key = [...bagsOf(p12, pkcs8ShroudedKeyBag), ...bagsOf(p12, keyBag)].find((bag) => bag.key)?.key
  if (!key) throw new IdentityRefused('no_key')
  return key
}

function factsOf(certificate: forge.pki.Certificate): CertificateFacts {
  const der = forge.asn1.toDer(forge.pki.certificateToAsn1(certificate)).getBytes()
  const { notBefore, notAfter } = certificate.validity
  return {
    subject: nameOf(certificate.subject), issuer: nameOf(certificate.issuer), serial: certificate.serialNumber,
    validFrom: instantFromMs(notBefore.getTime()), validTo: instantFromMs(notAfter.getTime()), fingerprint: forge.md.sha256.create().update(der).digest().toHex(),
  }
}

/** In a name the letters beyond ASCII come as the bytes of UTF-8. */
function nameOf(name: forge.pki.Certificate['subject']): string {
  const value: unknown = (name.getField('CN') ?? name.getField('O'))?.value
  return typeof value === 'string' ? decode(value) : ''
}

function decode(text: string): string {
  try {
    return forge.util.decodeUtf8(text)
  } catch {
    return text // it was decoded already, or is in an older alphabet
  }
}
