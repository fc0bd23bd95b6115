import { useEffect, useState } from 'react'
import { COMPARISON } from '../../core/documents/document.ts'
import type { Pictures } from '../../state/samples.ts'
import { useSession } from '../session.ts'
import { useWords } from '../words/index.ts'
import { SamplePicture } from './sample-picture.tsx'

/** The same work done in two ways. */
const BOTH_WAYS = ['samples/cpu-maps.pb.gz', 'samples/cpu-structs.pb.gz']

export function SampleCards() {
  const { loadPictures, openSample, openUrlsAs } = useSession()
  const words = useWords()
  const [pictures, setPictures] = useState<Pictures>({})
  useEffect(() => {
    // Without the pictures the cards still open their samples.
    loadPictures().then(setPictures, () => {})
  }, [loadPictures])
  return (
    <>
      <ul className="samples" aria-labelledby="samples-title">
        {words.samples.map((sample) => (
          <li key={sample.file}>
            <button type="button" className="sample" onClick={() => void openSample(sample.file)}>
              <SamplePicture boxes={pictures[sample.file]?.boxes} />
              <span className="sample-text">
                <b>
                  {sample.title} <span>{pictures[sample.file]?.total}</span>
                </b>
                <span>{sample.line}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p className="samples-compare">
        <button type="button" className="plain small" onClick={() => void openUrlsAs(COMPARISON, BOTH_WAYS, {})}>
          {words.first.compareSamples}
        </button>
      </p>
    </>
  )
}
