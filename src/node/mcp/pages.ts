/** Links for the person behind the program: the page of this machine on the same files and the same view. */
import { emptyLink, formatLink } from '../../core/view/permalink.ts'
import { defaultView, type ViewState } from '../../core/view/view-state.ts'
import { localAddress } from '../../server/local-files.ts'
import { type RunningServer, serve } from '../../server/server.ts'

export interface Pages {
  /** base: what they are compared with. together: one investigation of all. */
  link(
    files: readonly string[],
    view?: Partial<ViewState>,
    more?: { base?: string; together?: boolean },
  ): Promise<string>
  close(): Promise<void>
}

/** app: folder of the built app. A server starts when the first link is asked for. */
export function createPages(app: string): Pages {
  const files: string[] = []
  let server: Promise<RunningServer> | null = null
  const addressOf = (file: string) => {
    if (!files.includes(file)) files.push(file)
    return encodeURIComponent(localAddress(files.indexOf(file), file)).replaceAll('%2F', '/')
  }
  return {
    async link(shown, view = {}, { base, together = false } = {}) {
      // The list that it serves grows.
      server ??= serve({ app, files, port: 0 })
      const { url } = await server
      const query = [
        ...(base === undefined ? [] : [`base=${addressOf(base)}`]),
        ...shown.map((file) => `profile=${addressOf(file)}`),
        ...(together && shown.length > 1 ? ['together=1'] : []),
      ]
      const plain = formatLink(emptyLink()).hash
      const { hash } = formatLink(emptyLink({ ...defaultView(), ...view }))
      return `${url}?${query.join('&')}${hash === plain ? '' : hash}`
    },
    async close() {
      await (await server)?.close()
    },
  }
}
