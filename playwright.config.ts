import { defineConfig } from '@playwright/test'
import { findFirefox, firefoxOptions, journeyArguments } from './e2e/browser.mjs'

const firefox = findFirefox()
const inFirefox = '**/firefox.spec.ts'

// The journeys run on the built app (`npm run build`), served by the server that ships.
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/serve-app.ts',
  workers: 2,
  fullyParallel: true,
  // Shared machines stall now and then; scripts/test.mjs says how many needed it.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.HOTZONE_E2E_REPORT
    ? [['list'], ['json', { outputFile: process.env.HOTZONE_E2E_REPORT }]]
    : [['list']],
  use: {
    browserName: 'chromium',
    headless: true,
    // The setup finds the browser: this file is read by checks too, on machines that have none yet.
    launchOptions: {
      executablePath: process.env.HOTZONE_HEADLESS_SHELL || process.env.HOTZONE_CHROMIUM || undefined,
      args: journeyArguments(),
    },
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    timezoneId: 'UTC',
    trace: 'off',
    screenshot: 'off',
    video: 'off',
  },
  projects: [
    { name: 'chromium', testIgnore: inFirefox },
    // Mozilla's browser over WebDriver BiDi; scripts/test.mjs says where there is none.
    ...(firefox
      ? [
          {
            name: 'firefox',
            testMatch: inFirefox,
            use: {
              browserName: 'firefox' as const,
              channel: 'moz-firefox',
              launchOptions: firefoxOptions(firefox),
            },
          },
        ]
      : []),
  ],
})
