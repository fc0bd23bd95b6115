/** Profiles of any format that core/formats reads. The last kind of the list: whatever no other kind knows is read here, or refused with its name. */
import { parseDocumentId } from '../../core/documents/document.ts'
import { Engine } from '../engine.ts'
import { EngineFailure } from '../failure.ts'
import type { Opened, OpenRequest, ProfileInfo, Progress } from '../protocol.ts'
import type { DocumentKind, HeldDocument } from './kind.ts'

export const profileKind: DocumentKind = {
  id: 'profile',
  detect: () => true,
  async read({ sources, first }, onProgress, options) {
    const engine = new Engine()
    const name = sources.map((source) => source.name).join(' + ')
    const files = sources.map(({ file }) => file)
    const info = await engine.read({ name, source: files }, onProgress, options)
    return heldProfile(engine, profileKind.id, info, first, onProgress)
  },
}

/** What an engine answers as the document that it holds, with its first tree where that is asked for. */
export function heldProfile(
  engine: Engine,
  kind: string,
  info: ProfileInfo,
  first: OpenRequest['first'],
  onProgress: (progress: Progress) => void,
): HeldDocument {
  const { id, name, program, timeNs } = info
  let tree: Opened['first'] = null
  if (first) {
    // The page then has all it draws in one message.
    const bytes = info.fileBytes
    onProgress({ stage: 'draw', share: 0, bytes, totalBytes: bytes })
    const { type, ...rest } = first
    const named = info.sampleTypes.findIndex((t) => t.type === type)
    const asked = { sampleType: named < 0 ? info.defaultSampleType : named, ...rest }
    tree = { asked, tree: engine.tree(asked, false) }
  }
  // They are asked for next.
  engine.prepareFindings().catch(() => undefined)
  return {
    opened: {
      head: { id, kind, name, program, time: timeNs },
      sourceIds: parseDocumentId(id)?.sources ?? [],
      info,
      first: tree,
    },
    async answer(request) {
      if (request.call === 'ask') {
        throw new EngineFailure({
          code: 'internal',
          message: `A profile has no ${request.args.question}.`,
          facts: {},
        })
      }
      await engine.prepare(request)
      // Name and arguments belong together by the type of the message.
      return (engine[request.call] as (args: typeof request.args) => unknown).call(engine, request.args)
    },
  }
}
