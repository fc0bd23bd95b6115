import { openSample } from '../../state/opening.ts'
import { words } from '../words/index.ts'
import { SamplePicture } from './sample-picture.tsx'

export function SampleCards() {
  return (
    <ul className="samples" aria-labelledby="samples-title">
      {words.samples.map((sample) => (
        <li key={sample.file}>
          <button type="button" className="sample" onClick={() => openSample(sample.file)}>
            <SamplePicture file={sample.file} />
            <span className="sample-text">
              <b>{sample.title}</b>
              <span>{sample.line}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
