// Our own mark: a W made of two ticks, a promise kept and shown. One set of corners draws the SVG and its bitmap fallbacks.
import { deflateSync } from 'node:zlib'

const side = 32
const stroke = [[4, 12], [8.6, 12], [11.6, 20.4], [14.6, 12], [17.6, 12], [20.6, 20.4], [26, 5.5], [30, 5.5], [22.8, 26], [18.5, 26], [16.1, 19], [13.7, 26], [9.4, 26]]
const ink = [11, 12, 12]

export function svg () {
  const path = stroke.map(([x, y], i) => `${i ? 'L' : 'M'}${x} ${y}`).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"><rect width="${side}" height="${side}" fill="#0b0c0c"/><path d="${path}z" fill="#fff"/></svg>\n`
}

function inside (x, y) {
  let within = false
  for (let i = 0, j = stroke.length - 1; i < stroke.length; j = i++) {
    const [xi, yi] = stroke[i]
    const [xj, yj] = stroke[j]
    if ((yi > y) !== (yj > y) && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within
  }
  return within
}

function crc (bytes) {
  let c = ~0
  for (const byte of bytes) {
    c ^= byte
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1
  }
  return ~c >>> 0
}

function chunk (name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc(body), body.length + 4)
  return out
}

export function png (size) {
  const fine = 4 // samples a pixel edge, so that slanted edges stay smooth
  const rows = []
  for (let y = 0; y < size; y++) {
    const row = Buffer.alloc(1 + size * 3)
    for (let x = 0; x < size; x++) {
      let hits = 0
      for (let sy = 0; sy < fine; sy++) {
        for (let sx = 0; sx < fine; sx++) {
          if (inside(((x + (sx + 0.5) / fine) * side) / size, ((y + (sy + 0.5) / fine) * side) / size)) hits++
        }
      }
      const share = hits / (fine * fine)
      ink.forEach((value, i) => { row[1 + x * 3 + i] = Math.round(value + (255 - value) * share) })
    }
    rows.push(row)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })), chunk('IEND', Buffer.alloc(0))
  ])
}

export function ico (size) {
  const image = png(size)
  const head = Buffer.alloc(22)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(1, 4)
  head.set([size, size, 0, 0], 6)
  head.writeUInt16LE(1, 10)
  head.writeUInt16LE(24, 12)
  head.writeUInt32LE(image.length, 14)
  head.writeUInt32LE(22, 18)
  return Buffer.concat([head, image])
}
