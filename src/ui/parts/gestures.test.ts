import { describe, expect, it } from 'vitest'
import { latinLetter } from './gestures.ts'

describe('the letter of a key', () => {
  it('is what the keyboard writes, wherever it lies', () => {
    expect(latinLetter({ key: 'w', code: 'KeyW' })).toBe('w')
    expect(latinLetter({ key: 'W', code: 'KeyW' })).toBe('w')
    // AZERTY, Colemak and Dvorak: keys of the page where QWERTY has W and D, and W, A and D elsewhere.
    expect(latinLetter({ key: 'z', code: 'KeyW' })).toBe('z')
    expect(latinLetter({ key: 's', code: 'KeyD' })).toBe('s')
    expect(latinLetter({ key: 'e', code: 'KeyD' })).toBe('e')
    expect(latinLetter({ key: 'w', code: 'KeyZ' })).toBe('w')
    expect(latinLetter({ key: 'a', code: 'KeyQ' })).toBe('a')
    expect(latinLetter({ key: 'd', code: 'KeyG' })).toBe('d')
    // Bépo.
    expect(latinLetter({ key: 'é', code: 'KeyW' })).toBe('é')
  })

  it('is that of the place where the keyboard writes no Latin ones', () => {
    expect(latinLetter({ key: 'ц', code: 'KeyW' })).toBe('w')
    expect(latinLetter({ key: 'ф', code: 'KeyA' })).toBe('a')
    expect(latinLetter({ key: 'γ', code: 'KeyD' })).toBe('d')
    expect(latinLetter({ key: 'к', code: 'KeyR' })).toBe('r')
    expect(latinLetter({ key: "'", code: 'KeyW' })).toBe('w')
    expect(latinLetter({ key: 'я', code: 'KeyZ' })).toBe('')
  })

  it('is none of keys that write nothing', () => {
    expect(latinLetter({ key: 'ArrowLeft', code: 'ArrowLeft' })).toBe('')
    expect(latinLetter({ key: 'Enter', code: 'Enter' })).toBe('')
  })
})
