/** Profiles of this process, taken by Node's inspector and written in pprof's format. */
import { Session } from 'node:inspector/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { encodeProfile } from '../../core/export/pprof.ts'
import { type BuiltFrame, ProfileBuilder } from '../../core/model/builder.ts'

const SAMPLED_EVERY_US = 10_000
const SAMPLED_EVERY_BYTES = 512 * 1024

interface CallFrame {
  functionName: string
  url: string
  lineNumber: number
  columnNumber: number
}

export async function cpuProfile(seconds: number): Promise<Uint8Array<ArrayBuffer>> {
  const session = new Session()
  session.connect()
  try {
    await session.post('Profiler.enable')
    await session.post('Profiler.setSamplingInterval', { interval: SAMPLED_EVERY_US })
    await session.post('Profiler.start')
    const begun = Date.now()
    await wait(seconds * 1000)
    const { profile } = await session.post('Profiler.stop')
    const types = [
      { type: 'samples', unit: 'count' },
      { type: 'cpu', unit: 'nanoseconds' },
    ]
    const built = new ProfileBuilder(types)
    const frameOf = framesOf(built)
    const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
    const parents = new Map(profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])))
    const times = new Map<number, { samples: number; ns: number }>()
    profile.samples?.forEach((id, i) => {
      const sum = times.get(id) ?? { samples: 0, ns: 0 }
      sum.samples++
      sum.ns += Math.max(0, profile.timeDeltas?.[i] ?? 0) * 1000
      times.set(id, sum)
    })
    for (const [id, { samples, ns }] of times) {
      const stack: CallFrame[] = []
      for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
        const node = nodes.get(at)
        if (node) stack.push(node.callFrame)
      }
      // Waiting is no work: pprof counts the time of processors.
      if (stack[0]?.functionName === '(idle)') continue
      addStack(built, stack, [samples, ns], frameOf)
    }
    const profileNs = { timeNs: begun * 1e6, durationNs: Math.round(seconds * 1e9) }
    return written(built, { ...profileNs, period: SAMPLED_EVERY_US * 1000, periodType: types[1] as Type })
  } finally {
    session.disconnect()
  }
}

interface Type {
  type: string
  unit: string
}

/** What the inspector says besides what Node's types know. */
interface HeapNode {
  callFrame: CallFrame
  id: number
  children: readonly HeapNode[]
}
interface HeapSamples {
  head: HeapNode
  samples: readonly { nodeId: number; size: number }[]
}

/** Begins to sample what is allocated: a heap profile knows nothing of what came before. */
export async function sampleHeap(): Promise<Session> {
  const session = new Session()
  session.connect()
  await session.post('HeapProfiler.startSampling', { samplingInterval: SAMPLED_EVERY_BYTES })
  return session
}

/** What lives, as sampled. */
export async function heapProfile(session: Session): Promise<Uint8Array<ArrayBuffer>> {
  const { profile } = (await session.post('HeapProfiler.getSamplingProfile')) as unknown as { profile: HeapSamples }
  const types = [
    { type: 'inuse_objects', unit: 'count' },
    { type: 'inuse_space', unit: 'bytes' },
  ]
  const built = new ProfileBuilder(types)
  const frameOf = framesOf(built)
  const sums = new Map<number, { objects: number; bytes: number }>()
  for (const { nodeId, size } of profile.samples) {
    const sum = sums.get(nodeId) ?? { objects: 0, bytes: 0 }
    sum.objects++
    sum.bytes += size
    sums.set(nodeId, sum)
  }
  const walk = (node: HeapNode, callers: readonly CallFrame[]) => {
    const stack = [node.callFrame, ...callers]
    const sum = sums.get(node.id)
    if (sum) addStack(built, stack, [sum.objects, sum.bytes], frameOf)
    for (const child of node.children) walk(child, stack)
  }
  walk(profile.head, [])
  return written(built, {
    timeNs: Date.now() * 1e6,
    period: SAMPLED_EVERY_BYTES,
    periodType: { type: 'space', unit: 'bytes' },
  })
}

type FrameOf = (frame: CallFrame) => number

/** V8 names what is no function in brackets; functions without a name have none. */
function framesOf(built: ProfileBuilder): FrameOf {
  return ({ functionName, url, lineNumber }) => {
    const line = lineNumber + 1
    const name = functionName || `(anonymous ${url.split('/').at(-1)}:${line})`
    const frame: BuiltFrame = { func: built.func(name, url, line), line }
    return built.location([frame])
  }
}

/** stack: leaf first. */
function addStack(
  built: ProfileBuilder,
  stack: readonly CallFrame[],
  values: readonly number[],
  frameOf: FrameOf,
): void {
  const own = stack.filter(({ functionName }) => functionName !== '(root)')
  if (own.length > 0) built.sample(own.map(frameOf), values)
}

function written(built: ProfileBuilder, meta: Parameters<ProfileBuilder['finish']>[0]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(encodeProfile(built.finish(meta))))
}
