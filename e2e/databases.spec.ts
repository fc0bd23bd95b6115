/** The built command on databases of profiles: stubs of their public APIs (src/testing/database-stubs.ts). */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type DatabaseStub, startParca, startPyroscope } from '../src/testing/database-stubs.ts'
import { axe, expect, flameTree, test, treeItem } from './app.ts'

const hotzone = fileURLToPath(new URL('../dist/node/hotzone.js', import.meta.url))

const running: (ChildProcess | DatabaseStub)[] = []
test.afterEach(() => {
  for (const one of running.splice(0)) {
    if ('kill' in one) one.kill()
    else one.close()
  }
})

async function command(allow: (pattern: RegExp) => void, ...args: string[]): Promise<string> {
  const env = {
    ...process.env,
    PPROF_TMPDIR: test.info().outputPath('captures'),
    HOTZONE_DATABASE_TOKEN: 't0ken',
    PROFILECLI_TENANT_ID: 'team-a',
  }
  const child = spawn(process.execPath, [hotzone, '-no_browser', '-http=:', ...args], { env })
  running.push(child)
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      const [, found] = /Hotzone is at (\S+)/.exec(part) ?? []
      if (found) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`the command ended with ${code}`)))
  })
  allow(new RegExp(`request to another host: ${new URL(url).origin}`))
  return url
}

test('Pyroscope: application, label, several types as one profile, what was folded away is said so', async ({
  page,
  allow,
}) => {
  const stub = await startPyroscope()
  running.push(stub)
  await page.goto(await command(allow, `pyroscope+http://${stub.host}`))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(stub.host)
  await expect(page.getByRole('checkbox', { name: 'inuse_space' })).toBeChecked()
  expect(await axe(page)).toEqual([])
  await page.getByRole('combobox', { name: 'Application' }).selectOption('shop')
  await page.getByRole('combobox', { name: 'Label', exact: true }).selectOption('pod')
  await page.getByRole('combobox', { name: 'Value', exact: true }).selectOption('a')
  await page.getByRole('combobox', { name: 'Label 2' }).selectOption('pod')
  await page.getByRole('combobox', { name: 'Comparison 2' }).selectOption('does not fit the pattern')
  await page.getByRole('textbox', { name: 'Pattern 2' }).fill('b.*')
  expect(await axe(page)).toEqual([])
  const before = Date.now()
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(treeItem(page, 'main.decode')).toBeVisible()
  await expect(flameTree(page).getByRole('treeitem', { name: /^other \(folded away by Pyroscope\)/ })).toBeVisible()
  for (const type of ['Alloc objects', 'Alloc space', 'In use objects', 'In use space']) {
    await expect(page.getByRole('radio', { name: type })).toBeVisible()
  }
  expect(stub.asked).toHaveLength(4)
  for (const { selector, from, until, headers } of stub.asked) {
    expect(selector).toBe('{service_name="shop",pod="a",pod!~"b.*"}')
    expect(until).toBeGreaterThanOrEqual(before)
    expect(until - from).toBe(3_600_000)
    expect([headers.authorization, headers['x-scope-orgid']]).toEqual(['Bearer t0ken', 'team-a'])
  }
  expect(await page.content()).not.toMatch(/t0ken|team-a/)
  expect(page.url()).not.toMatch(/t0ken|team-a|now/)
})

test('Parca: two times as a comparison, which a reload brings back as it was', async ({ page, allow }) => {
  const stub = await startParca()
  running.push(stub)
  await page.goto(await command(allow, `parca+http://${stub.host}`))
  await page.getByRole('combobox', { name: 'Profile', exact: true }).selectOption('process_cpu')
  await page.getByRole('combobox', { name: 'Time' }).selectOption('Last 15 minutes')
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('The same time before')
  await page.getByRole('button', { name: 'Open the comparison' }).click()
  await expect(page.getByRole('combobox', { name: 'Base' })).toBeVisible()
  const [base, current] = [...stub.asked].sort((a, b) => a.from - b.from)
  expect(base?.until).toBe(current?.from)
  expect((current?.until ?? 0) - (current?.from ?? 0)).toBe(900_000)
  const { length } = stub.asked
  await page.waitForFunction(() => performance.getEntriesByName('remembered').length > 0)
  stub.close()
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Base' })).toBeVisible()
  expect(stub.asked).toHaveLength(length)
})

test('a database that is gone is said so; 390 pixels, Chinese', async ({ page, allow }) => {
  const stub = await startPyroscope()
  running.push(stub)
  const url = await command(allow, `pyroscope+http://${stub.host}`)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(url)
  await expect(page.getByRole('button', { name: 'Open', exact: true })).toBeVisible()
  expect(await page.evaluate(() => document.querySelector('main')?.scrollWidth)).toBeLessThanOrEqual(390)
  await page.evaluate(() => localStorage.setItem('hotzone.language', 'zh'))
  await page.goto(url)
  await expect(page.getByRole('button', { name: '打开', exact: true })).toBeVisible()
  expect(await axe(page)).toEqual([])
  stub.close()
  await page.goto(url)
  await expect(page.getByRole('alert')).toContainText(`${stub.host} 没有应答`)
})
