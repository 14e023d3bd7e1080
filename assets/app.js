// What a page gains when scripts run. Everything also works without: every action is a form or a link.
import { createAll, initAll as startGovuk } from 'govuk-frontend'
import { AddAnother, Alert, ButtonMenu, DatePicker, MultiSelect, SortableTable } from '@ministryofjustice/frontend'
import htmx from 'htmx.org'
import { watchAutosave } from './scripts/autosave.js'
import { watchBoard } from './scripts/board.js'
import { runClocks } from './scripts/clock.js'
import { keepWhatChanged } from './scripts/kept.js'
import { listenForKeys, withoutKeys } from './scripts/keys.js'
import { watchLive } from './scripts/live.js'
import { keepUnsentLines } from './scripts/log.js'
import { offerMovingMap } from './scripts/map.js'
import { offerPalette } from './scripts/palette.js'
import { offerPasskeys } from './scripts/passkey.js'
import { retry } from './scripts/retry.js'
import { returnFocus, sendOnEnter } from './scripts/typing.js'

const moj = [AddAnother, Alert, ButtonMenu, DatePicker, MultiSelect, SortableTable]

function start (scope) {
  startGovuk({ scope })
  for (const Component of moj) createAll(Component, undefined, scope)
  if (document.body.dataset.shortcuts === 'off') withoutKeys(scope)
}

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
start(document)
runClocks()
sendOnEnter()
returnFocus()
keepUnsentLines()
keepWhatChanged()
watchAutosave()
watchBoard(start)
watchLive(start)
offerMovingMap()
offerPalette()
offerPasskeys()
retry()
if (document.body.dataset.shortcuts !== 'off') listenForKeys()

document.addEventListener('htmx:configRequest', (event) => {
  const token = document.querySelector('meta[name="csrf-token"]')
  if (token) event.detail.headers['X-CSRFToken'] = token.content
})
htmx.onLoad((swapped) => { if (swapped !== document.body) start(swapped) })
