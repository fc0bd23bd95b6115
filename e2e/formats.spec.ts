/** Files that are not pprof's: what is read of them is on screen, what is left out is counted, what is foreign is named. */
import { fixturePath } from '../src/testing/fixtures.ts'
import { dropFiles, expect, openApp, openFiles, type Page, tab, test, treeItem } from './app.ts'

const text = (name: string) => fixturePath(`texts/${name}`)
const notices = (page: Page) => page.locator('.notice')

test('folded stacks open with notes and odd lines in them, which are counted', async ({ page }) => {
  await openApp(page)
  await openFiles(page, text('folded-comment.folded'))
  await expect(treeItem(page, 'main')).toHaveAttribute('aria-label', /^main, 12/)
  await expect(notices(page)).toContainText('1 line holds no stack and was left out: “# comment”.')
})

test('a comparison in folded stacks has a sample type for each of its two counts', async ({ page }) => {
  await openApp(page)
  await openFiles(page, text('folded-two-counts.folded'))
  await expect(page.getByRole('radio', { name: 'After' })).toBeChecked()
  await expect(treeItem(page, 'b')).toHaveAttribute('aria-label', /^b, 9\b/)
  await page.getByRole('radio', { name: 'Before' }).check()
  await expect(treeItem(page, 'b')).toHaveAttribute('aria-label', /^b, 7\b/)
})

test('each event of perf script is a sample type of its own', async ({ page }) => {
  await openApp(page)
  await openFiles(page, text('perf-two-events.txt'))
  await expect(page.getByRole('radio', { name: 'cycles', exact: true })).toBeChecked()
  await page.getByRole('radio', { name: 'instructions', exact: true }).check()
  await expect(treeItem(page, 'native_write_msr')).toHaveAttribute('aria-label', /^native_write_msr, 5\b/)
})

test('mangled names are shown readable, and copied as the binary has them', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openApp(page)
  await openFiles(page, fixturePath('cases/mangled.pb.gz'))
  const leaf = treeItem(page, 'acme::queue::pop')
  await expect(leaf).toBeVisible()
  await expect(treeItem(page, 'core::ptr::drop_in_place<std::rt::lang_start<()>::{{closure}}>')).toBeVisible()
  await leaf.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Copy name as shown' }).click()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toBe('acme::queue::pop')
  await leaf.click({ button: 'right' })
  await expect(page.getByRole('menuitem', { name: 'Copy name as shown' })).toBeVisible()
  await page.getByRole('menuitem', { name: 'Copy name', exact: true }).click()
  await expect.poll(copied).toBe('_ZN4acme5queue3popEv')
})

test('old profiles without names show addresses by binary, and say how names are had', async ({ page }) => {
  await openApp(page)
  await openFiles(page, text('legacy-tcmalloc.heap'))
  await expect(page.getByRole('radio', { name: 'In use space' })).toBeChecked()
  await expect(treeItem(page, '[app]').first()).toBeVisible()
  await expect(notices(page)).toContainText('go tool pprof -symbolize=local -proto PROGRAM FILE > named.pb.gz')
})

test('a text that is large enough to be unpacked on another core is read whole', async ({ page }) => {
  await openApp(page)
  const lines = Array.from({ length: 60_000 }, (_, i) => `main;handler_${i % 40};step_${i};leaf 1`)
  const buffer = Buffer.from(`${lines.join('\n')}\n`)
  expect(buffer.length).toBeGreaterThan(1 << 20)
  await page.locator('input[type=file]').setInputFiles({ name: 'large.folded', mimeType: '', buffer })
  await expect(treeItem(page, 'main')).toHaveAttribute('aria-label', /^main, 60,000, 100%/)
})

test('what is of another tool, or contradicts itself, is named with what to do', async ({ page }) => {
  await openApp(page)
  const cpuprofile = '{"nodes":[{"id":1,"callFrame":{"functionName":"(root)"},"hitCount":0}],"samples":[1]}'
  const files: [string, Buffer, RegExp][] = [
    ['x.cpuprofile', Buffer.from(cpuprofile), /a CPU profile of V8.*npx speedscope/],
    ['perf.data', Buffer.from('PERFILE2\0\0\0\0\0\0\0\0\x90'), /a recording of perf.*perf script -i perf\.data/],
    ['x.jfr', Buffer.from('FLR\0\0\x02\0\x01'), /a Java Flight Recorder file.*jfrconv/],
  ]
  for (const [name, buffer, sentence] of files) {
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer })
    await expect(page.getByRole('alert').filter({ hasText: `${name} did not open.` })).toContainText(sentence)
  }
  await dropFiles(page, [text('speedscope-mismatched.json')])
  await expect(page.getByRole('alert').filter({ hasText: 'speedscope-mismatched.json' })).toContainText(
    'event 3 ends “main” while “a”, which it called, is still running',
  )
})

test('the flame graph of an execution trace is what its goroutines waited for, by reason, with the numbers of go tool trace', async ({
  page,
}) => {
  await openApp(page)
  await dropFiles(page, [fixturePath('executions/go1.22.out.gz')])
  await tab(page, 'Flame').click()
  // What is longest in sum.
  const types = page.getByRole('combobox', { name: 'Sample type' })
  await expect(types.locator('option:checked')).toHaveText('Lock and channel waits')
  await types.selectOption({ label: 'Network waits' })
  // As pprof says of what go tool trace -pprof=net writes.
  await expect(treeItem(page, 'net/http.(*persistConn).readLoop')).toHaveAttribute('aria-label', /, 1\.37 s/)
  await expect(treeItem(page, 'net/http.(*conn).serve')).toHaveAttribute('aria-label', /, 1\.1 s/)
  await tab(page, 'Table').click()
  await expect(page.getByRole('row', { name: /net\.\(\*conn\)\.Read/ }).first()).toBeVisible()
  const link = page.url()
  await page.goto('about:blank')
  await page.goto(link)
  await expect(page.getByRole('row', { name: /net\.\(\*conn\)\.Read/ }).first()).toBeVisible()
  await dropFiles(page, [fixturePath('executions/go1.19.out')])
  await expect(page.getByRole('alert')).toContainText('an execution trace of Go 1.21 or older')
})
