/** A certificate for 127.0.0.1 that vouches for itself, made by openssl. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** Paths of the files, in the folder. */
export function makeCertificate(folder: string): { key: string; cert: string } {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=service']
  const forHost = ['-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...made, ...forHost, '-keyout', key, '-out', cert], { stdio: 'pipe' })
  return { key, cert }
}
