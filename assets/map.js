// The map that moves: the shades and words are those of the drawing that it replaces, so that the two can never differ.
import { Map, Marker, NavigationControl, setWorkerUrl } from 'maplibre-gl'

export async function open (figure, button) {
  setWorkerUrl(new URL(figure.dataset.worker, document.baseURI).href)
  const drawing = figure.querySelector('svg')
  const areas = await drawn(figure, drawing)
  const box = document.createElement('div')
  box.className = 'ww-map__moving'
  box.setAttribute('role', 'region')
  box.setAttribute('aria-label', drawing.querySelector('title').textContent)
  const says = document.createElement('p')
  says.className = 'ww-map__says'
  says.setAttribute('aria-live', 'polite')
  says.textContent = 'Point at an area, or press it, to read its number.'
  drawing.after(box, says)
  const map = new Map({
    container: box,
    style: { version: 8, sources: {}, layers: [{ id: 'ground', type: 'background', paint: { 'background-color': '#fff' } }] },
    bounds: extent(areas),
    fitBoundsOptions: { padding: 12 },
    attributionControl: false,
    cooperativeGestures: true,
    fadeDuration: 0,
    dragRotate: false,
    pitchWithRotate: false
  })
  map.addControl(new NavigationControl({ showCompass: false }))
  await new Promise((resolve, reject) => { map.once('load', resolve); map.once('error', (event) => reject(event.error)) })
  map.addSource('areas', { type: 'geojson', data: areas })
  map.addLayer({ id: 'shades', type: 'fill', source: 'areas', paint: { 'fill-color': ['get', 'shade'], 'fill-antialias': false } })
  map.addLayer({ id: 'edges', type: 'line', source: 'areas', paint: { 'line-color': ['get', 'edge'], 'line-width': WIDTHS } })
  for (const { properties, geometry } of areas.features.filter((feature) => feature.properties.number)) {
    const mark = document.createElement('span')
    mark.className = 'ww-map__number ww-map__number--here'
    mark.textContent = properties.number
    mark.setAttribute('aria-hidden', 'true')
    new Marker({ element: mark }).setLngLat(middle(geometry)).addTo(map)
  }
  const tell = (event) => { says.textContent = event.features[0].properties.says }
  map.on('mousemove', 'shades', tell)
  map.on('click', 'shades', tell)
  await new Promise((resolve) => map.once('idle', resolve))
  drawing.setAttribute('hidden', '')
  box.dataset.ready = 'yes'
  button.disabled = false
  button.textContent = 'Back to the still map'
  button.addEventListener('click', (event) => { event.stopImmediatePropagation(); location.reload() }, { capture: true, once: true })
}

// Far away an edge as wide as near by would be all that one sees of the small areas of a town.
const WIDTHS = ['interpolate', ['linear'], ['zoom'],
  8, ['case', ['get', 'top'], 1, 0.2], 12, ['case', ['get', 'top'], 2.4, 1.2]]

// The county's areas with what the drawing says of each; those that it does not show are left out.
async function drawn (figure, drawing) {
  const answer = await fetch(figure.dataset.areas, { credentials: 'same-origin' })
  if (!answer.ok) throw new Error('the areas could not be fetched')
  const whole = await answer.json()
  const shown = new globalThis.Map([...drawing.querySelectorAll('[data-code]')].map((path) => [path.dataset.code, path]))
  const features = whole.features.filter((feature) => shown.has(feature.properties.code))
  for (const feature of features) {
    const path = shown.get(feature.properties.code)
    const look = getComputedStyle(path)
    feature.properties = {
      shade: look.fill,
      edge: look.stroke,
      top: path.classList.contains('top'),
      number: path.dataset.number || '',
      says: path.querySelector('title').textContent
    }
  }
  features.sort((one, other) => one.properties.top - other.properties.top)
  return { type: 'FeatureCollection', features }
}

function middle (geometry) {
  const ring = geometry.type === 'Polygon' ? geometry.coordinates[0] : geometry.coordinates[0][0]
  return [0, 1].map((axis) => ring.reduce((sum, point) => sum + point[axis], 0) / ring.length)
}

function extent (areas) {
  let [west, south, east, north] = [180, 90, -180, -90]
  const walk = (part) => {
    if (typeof part[0] !== 'number') return part.forEach(walk)
    west = Math.min(west, part[0]); east = Math.max(east, part[0])
    south = Math.min(south, part[1]); north = Math.max(north, part[1])
  }
  areas.features.forEach((feature) => walk(feature.geometry.coordinates))
  return [[west, south], [east, north]]
}
