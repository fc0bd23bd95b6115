/** What is known of the samples that come with the app, before one is opened. */

/** One box: depth, x and width in 1/10,000 of the whole, family, hue in degrees, zone + 1 (0 = none), 1 = its head. */
export type PictureBox = [number, number, number, number, number, number, number]

export interface Picture {
  /** Profile id, so that a link to a sample opens in any browser. */
  id: string
  /** Total of the default sample type, for reading. */
  total: string
  boxes: PictureBox[]
}

/** By file name; made by scripts/sample-pictures.mjs. */
export type Pictures = Record<string, Picture>

/** href: address of the page. */
export function createSamples(href: () => string) {
  let loading: Promise<Pictures> | null = null

  function loadPictures(): Promise<Pictures> {
    loading ??= fetch(new URL('samples/pictures.json', href())).then((r) => {
      if (!r.ok) throw new Error(`pictures: ${r.status}`)
      return r.json() as Promise<Pictures>
    })
    return loading
  }

  /** File name of the sample with this profile id, or null. */
  async function sampleWithId(id: string): Promise<string | null> {
    try {
      const found = Object.entries(await loadPictures()).find(([, picture]) => picture.id === id)
      return found?.[0] ?? null
    } catch {
      return null
    }
  }

  return { loadPictures, sampleWithId }
}

export type Samples = ReturnType<typeof createSamples>
