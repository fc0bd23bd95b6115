/** The camera of a graph on screen, apart from React: what follows it is told at once, without rendering anything. */
import { type Camera, kept, type Size } from '../../../core/layout/graph-camera.ts'

export class CameraStore {
  camera: Camera = { x: 0, y: 0, scale: 1 }
  screen: Size = { width: 0, height: 0 }
  picture: Size = { width: 1, height: 1 }
  private readonly listeners = new Set<() => void>()

  set(camera: Camera): void {
    this.camera = kept(camera, this.picture, this.screen)
    for (const listener of this.listeners) listener()
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }
}
