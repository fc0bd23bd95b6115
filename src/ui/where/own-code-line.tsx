/** A line of the own code with what it is worth. */
import { formatValue } from '../../core/model/units.ts'
import type { OwnLine } from '../../core/where/own-lines.ts'
import type { OpenedProfile } from '../../state/store.ts'
import { CodeLine } from '../work/code-line.tsx'

export const keyOfLine = ({ func, file, line, wait }: OwnLine): string =>
  `${func} ${file} ${line} ${wait?.activity} ${wait?.entry}`

interface Props {
  line: OwnLine
  profile: OpenedProfile
  sampleType: number
  unit: string
}

export function OwnCodeLine({ line, profile, sampleType, unit }: Props) {
  return <CodeLine line={line} value={formatValue(line.values[sampleType] ?? 0, unit)} profile={profile} />
}
