import { describe, expect, it, vi } from 'vitest'
import { lazily, whenIdle } from './lazily.tsx'

describe('code that is loaded lazily', () => {
  it('is fetched once, however often it is asked for', async () => {
    const fetch = vi.fn(async () => () => null)
    const code = lazily(fetch)
    whenIdle(code)
    await Promise.all([code.preload(), code.preload()])
    await code.preload()
    expect(fetch).toHaveBeenCalledTimes(1)
  })

  it('is tried again after a failure, and quietly ahead of time', async () => {
    let online = false
    const fetch = vi.fn(async () => {
      if (!online) throw new Error('offline')
      return () => null
    })
    const code = lazily(fetch)
    whenIdle(code)
    await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(1))
    await expect(code.preload()).rejects.toThrow('offline')
    online = true
    await code.preload()
    expect(fetch).toHaveBeenCalledTimes(3)
  })
})
