/**
 * A real S3 service for tests: Ceph's RADOS Gateway with one monitor and one OSD that holds everything in memory, all of
 * them on this machine's own address, below one temporary folder. Debian's packages: ceph-mon, ceph-osd, radosgw. Run by
 * itself it prints the variables that `hotzone serve --store s3://…` reads, and goes on until Ctrl+C.
 */
import { execFile, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { accessSync, constants, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const PROGRAMS = ['ceph', 'ceph-authtool', 'ceph-mon', 'ceph-osd', 'monmaptool', 'radosgw', 'radosgw-admin']
const START_MS = 120_000

/** What is missing on this machine; '' = nothing. */
export function missingForRgw() {
  const missing = PROGRAMS.filter((program) => !isThere(program))
  return missing.length === 0 ? '' : `${missing.join(', ')} (Debian: ceph-mon ceph-osd radosgw)`
}

/** Whether a program is on the path. */
export function isThere(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Starts everything; resolves once the gateway answers. */
export async function startRgw() {
  const folder = mkdtempSync(join(tmpdir(), 'hotzone-rgw-'))
  const [mon1, mon2, port] = await freePorts(3)
  const fsid = randomUUID()
  const at = (...path) => join(folder, ...path)
  for (const name of ['mon', 'osd', 'rgw', 'run']) mkdirSync(at(name))
  writeFileSync(
    at('ceph.conf'),
    `[global]
fsid = ${fsid}
mon host = [v2:127.0.0.1:${mon1},v1:127.0.0.1:${mon2}]
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
keyring = ${at('keyring')}
run dir = ${at('run')}
admin socket =
log file =
log to stderr = true
err to stderr = true
mon cluster log file = /dev/null
crash dir = ${at('run')}
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 4294967296
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail crit = 1
mon data avail warn = 2
osd memory target = 939524096
mon data = ${at('mon')}
osd data = ${at('osd')}
rgw data = ${at('rgw')}
rgw frontends = beast endpoint=127.0.0.1:${port}
rgw thread pool size = 64
rgw dns name = 127.0.0.1
`,
  )
  const conf = ['-c', at('ceph.conf')]
  const children = []
  const start = (program, ...args) => {
    const log = openSync(at(`${program}.log`), 'a')
    const child = spawn(program, [...conf, ...args], { stdio: ['ignore', log, log] })
    child.on('error', () => {})
    children.push(child)
    return child
  }
  const ceph = async (...args) => (await run('ceph', [...conf, '--connect-timeout', '30', ...args])).stdout
  const stop = async () => {
    for (const child of children.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      child.kill('SIGKILL')
      await new Promise((resolve) => child.once('exit', resolve))
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const all = ['mon', 'osd', 'mgr', 'mds'].flatMap((who) => ['--cap', who, 'allow *'])
    await run('ceph-authtool', ['-C', at('keyring'), '-g', '-n', 'mon.', '--cap', 'mon', 'allow *'])
    await run('ceph-authtool', [at('keyring'), '-g', '-n', 'client.admin', ...all])
    const address = `[v2:127.0.0.1:${mon1},v1:127.0.0.1:${mon2}]`
    await run('monmaptool', ['--create', '--addv', 'a', address, '--fsid', fsid, at('monmap')])
    await run('ceph-mon', [...conf, '--mkfs', '-i', 'a', '--monmap', at('monmap'), '--keyring', at('keyring')])
    start('ceph-mon', '-f', '-i', 'a')
    const uuid = randomUUID()
    await ceph('osd', 'new', uuid)
    writeFileSync(at('osd', 'keyring'), '')
    await ceph('auth', 'get-or-create', 'osd.0', 'mon', 'allow *', 'osd', 'allow *', '-o', at('osd', 'keyring'))
    const osd = ['-i', '0', '--osd-uuid', uuid, '--keyring', at('osd', 'keyring')]
    await run('ceph-osd', [...conf, '--mkfs', ...osd])
    start('ceph-osd', '-f', ...osd)
    const gateway = 'client.rgw.a'
    await ceph('auth', 'get-or-create', gateway, 'mon', 'allow rw', 'osd', 'allow rwx', '-o', at('rgw', 'keyring'))
    const keys = { accessKeyId: randomBytes(10).toString('hex'), secretAccessKey: randomBytes(20).toString('hex') }
    const user = ['user', 'create', '--uid=hotzone', '--display-name=hotzone']
    const given = [`--access-key=${keys.accessKeyId}`, `--secret-key=${keys.secretAccessKey}`]
    await run('radosgw-admin', [...conf, ...user, ...given])
    let gatewayProcess = start('radosgw', '-f', '-n', gateway, '--keyring', at('rgw', 'keyring'))
    const endpoint = `http://127.0.0.1:${port}`
    await answering(endpoint)
    return {
      endpoint,
      region: 'default',
      ...keys,
      stop,
      /** Ends the gateway as a crash does; what is stored stays. */
      async kill() {
        gatewayProcess.kill('SIGKILL')
        await new Promise((resolve) => gatewayProcess.once('exit', resolve))
      },
      async restart() {
        gatewayProcess = start('radosgw', '-f', '-n', gateway, '--keyring', at('rgw', 'keyring'))
        await answering(endpoint)
      },
    }
  } catch (error) {
    const said = ['ceph-mon', 'ceph-osd', 'radosgw'].map((name) => tailOf(at(`${name}.log`)))
    await stop()
    throw new Error(`the RADOS Gateway did not start: ${error.stderr || error.message}\n${said.join('\n')}`)
  }
}

function tailOf(path) {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(-15).join('\n')
  } catch {
    return ''
  }
}

async function answering(url) {
  for (const begun = Date.now(); Date.now() - begun < START_MS; await wait(200)) {
    const status = await fetch(url).then(
      (answer) => answer.status,
      () => 0,
    )
    if (status === 200 || status === 403) return
  }
  throw new Error(`${url} does not answer`)
}

/** Ports that were free a moment ago, all different. */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1')
      await new Promise((resolve) => server.once('listening', resolve))
      return server
    }),
  )
  const ports = servers.map((server) => server.address().port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const missing = missingForRgw()
  if (missing) throw new Error(`There is no ${missing}.`)
  const { endpoint, region, accessKeyId, secretAccessKey, stop } = await startRgw()
  console.log(`export AWS_ENDPOINT_URL=${endpoint} AWS_REGION=${region}`)
  console.log(`export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey}`)
  process.once('SIGINT', () => void stop())
  process.once('SIGTERM', () => void stop())
}
