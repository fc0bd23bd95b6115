import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './theme.css'
import { words } from './words/index.ts'

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <h1>{words.app.name}</h1>
    </StrictMode>,
  )
}
