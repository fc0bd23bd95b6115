/** The legend of the graph: package colours, findings and their patterns, edges, dashes and fading. Loaded when asked for. */
import type { CSSProperties, ReactNode } from 'react'
import type { Family } from '../../core/model/go-name.ts'
import type { ZoneFamily } from '../../core/zones/zone.ts'
import { css, mix, oklch, type Rgb } from '../../draw/color.ts'
import { fewFade, heatedColor, type Palette, readPalette } from '../../draw/palette.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Swatch } from '../parts/swatch.tsx'
import { useSession } from '../session.ts'
import { useTheme } from '../theme.ts'
import { useWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import styles from './legend.module.css'
import { messages } from './messages.ts'

const families: readonly Family[] = ['user', 'dep', 'std', 'runtime', 'native']
const zones: readonly ZoneFamily[] = ['json', 'map', 'reflect', 'alloc', 'meet', 'gc', 'wait']
/** Hues shown of those that a family's packages may have. */
const HUES = 4

function hues({ families }: Palette, family: Family): Rgb[] {
  const { l, c, h0, h1 } = families[family]
  const count = h0 === h1 ? 1 : HUES
  return Array.from({ length: count }, (_, i) => oklch(l, c, h0 + ((i + 0.5) / count) * (h1 - h0)))
}

export function ColorLegend() {
  const { closeDialog } = useSession()
  const words = useWords()
  const m = useMessages(messages)
  // Colours are read from the page, whose theme changes them.
  useTheme()
  const style = getComputedStyle(document.documentElement)
  const palette = readPalette((name) => style.getPropertyValue(name))
  const std = hues(palette, 'std')[1] ?? palette.surface
  const below = heatedColor(palette, std, 'std', palette.embers.map, false)
  return (
    <Dialog title={words.color.legend} onClose={() => closeDialog('colors')}>
      <div className={styles.legend}>
        <section>
          <h3>{m.packages}</h3>
          <p>{m.packagesWhy}</p>
          <ul>
            {families.map((family) => (
              <Row key={family} text={m.families[family]}>
                <span className={styles.hues}>
                  {hues(palette, family).map((color) => (
                    <span key={css(color)} style={{ background: css(color) }} />
                  ))}
                </span>
              </Row>
            ))}
          </ul>
        </section>
        <section>
          <h3>{m.findings}</h3>
          <p>{m.findingsWhy}</p>
          <ul>
            {zones.map((zone) => (
              <Row key={zone} text={m.zones[zone]}>
                <Swatch family={zone} />
              </Row>
            ))}
            <Row text={m.below}>
              <Box color={below} />
            </Row>
          </ul>
        </section>
        <section>
          <h3>{m.marks}</h3>
          <ul>
            <Row text={m.inlined}>
              <Box color={std} look={styles.inlined} />
            </Row>
            <Row text={m.few}>
              <Box color={mix(std, palette.surface, fewFade)} />
            </Row>
            <Row text={m.merged}>
              <Box color={mix(palette.surface, palette.ink, 0.09)} look={styles.merged}>
                <span>+59</span>
              </Box>
            </Row>
            <Row text={m.above}>
              <Box color={palette.ancestor} />
            </Row>
            <Row text={m.cut}>
              <Box color={std} look={styles.cut} />
            </Row>
            <Row text={m.match}>
              <Box color={std} look={styles.match} />
            </Row>
            <Row text={m.selected}>
              <Box color={std} look={styles.selected} />
            </Row>
            <Row text={m.others}>
              <Box color={std} look={styles.other} />
            </Row>
            <Row text={m.gone}>
              <Box color={mix(std, palette.surface, 0.72)} look={styles.hollow} />
            </Row>
          </ul>
        </section>
      </div>
    </Dialog>
  )
}

function Row({ text, children }: { text: string; children: ReactNode }) {
  return (
    <li>
      <span className={styles.sample} aria-hidden="true">
        {children}
      </span>
      {text}
    </li>
  )
}

function Box({ color, look = '', children }: { color: Rgb; look?: string; children?: ReactNode }) {
  const style: CSSProperties = { backgroundColor: css(color) }
  return (
    <span className={`${styles.box} ${look}`} style={style}>
      {children}
    </span>
  )
}
