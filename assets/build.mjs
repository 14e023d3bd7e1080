// Builds build/assets from the two front ends and our own parts: one style sheet, one script, and the images the sheet names.
// The force is not GOV.UK: its typeface, crest and crown may not be shown, so the build stops when one of them comes through.
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import * as sass from 'sass'
import { ico, png, svg } from './mark.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const out = join(root, 'build', 'assets')
const modules = join(root, 'node_modules')
const branding = /GDS Transport|@font-face|crest|crown/i
const imageFolders = ['@ministryofjustice/frontend/moj/assets/images', 'govuk-frontend/dist/govuk/assets/images']

function withoutCrest (sheet) {
  // Their own headers and footers are never used here; only their rules name a crest or a crown.
  return sheet.replace(/[^{}]*(crest|crown)[^{}]*\{[^{}]*\}/g, '').replace(/[^{}]+\{[^{}]*crest[^{}]*\}/g, '')
}

function imagesNamedIn (sheet) {
  return new Set([...sheet.matchAll(/url\(["']?images\/([^"')]+)/g)].map((found) => found[1]))
}

function copyImage (name) {
  for (const folder of imageFolders) {
    const from = join(modules, folder, name)
    if (existsSync(from)) return copyFileSync(from, join(out, 'images', name))
  }
  throw new Error(`The style sheet names an image that neither front end has: ${name}`)
}

rmSync(out, { recursive: true, force: true })
mkdirSync(join(out, 'images'), { recursive: true })

const compiled = sass.compile(join(root, 'assets', 'app.scss'), {
  loadPaths: [root, modules],
  style: 'compressed',
  quietDeps: true,
  logger: sass.Logger.silent // the front ends warn of their own deprecations, which we cannot mend
})
const sheet = withoutCrest(compiled.css).replaceAll('/assets/images/', 'images/')
const found = sheet.match(branding)
if (found) throw new Error(`Branding that is not ours in the style sheet: ${found[0]}`)
writeFileSync(join(out, 'app.css'), sheet)
imagesNamedIn(sheet).forEach(copyImage)

await build({
  entryPoints: { app: join(root, 'assets', 'app.js'), map: join(root, 'assets', 'map.js') },
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2020',
  outdir: out,
  legalComments: 'linked',
  logLevel: 'warning'
})

// The map that moves is fetched by whoever asks for it: a script and a sheet of its own, and the worker as its makers built it.
await build({
  entryPoints: { map: join(modules, 'maplibre-gl', 'dist', 'maplibre-gl.css') },
  bundle: true,
  minify: true,
  outdir: out,
  logLevel: 'warning'
})
copyFileSync(join(modules, 'maplibre-gl', 'dist', 'maplibre-gl-worker.mjs'), join(out, 'maplibre-gl-worker.mjs'))

writeFileSync(join(out, 'favicon.svg'), svg())
writeFileSync(join(out, 'favicon.ico'), ico(32))
writeFileSync(join(out, 'touch-icon.png'), png(180))
