"""Makes a picture of a page small: its commonest 256 colours, one byte for each point (PNG, colour type 3)."""

from __future__ import annotations

import base64
import struct
import zlib

from playwright.sync_api import Page

_COUNTED = """async (given) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${given}`)).blob())
  const canvas = new OffscreenCanvas(image.width, image.height)
  const drawing = canvas.getContext('2d')
  drawing.drawImage(image, 0, 0)
  const points = new Uint32Array(drawing.getImageData(0, 0, image.width, image.height).data.buffer)
  const often = new Map()
  for (const point of points) often.set(point, (often.get(point) ?? 0) + 1)
  const kept = [...often].sort((one, other) => other[1] - one[1]).slice(0, 256).map(([colour]) => colour)
  const place = new Map(kept.map((colour, at) => [colour, at]))
  const parts = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255]
  const palette = kept.map(parts)
  const nearest = (colour) => {
    const [red, green, blue] = parts(colour)
    let best = 0
    let least = Infinity
    palette.forEach(([r, g, b], at) => {
      const far = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2
      if (far < least) [best, least] = [at, far]
    })
    place.set(colour, best)
    return best
  }
  let bytes = ''
  for (const point of points) bytes += String.fromCharCode(place.get(point) ?? nearest(point))
  return {width: image.width, height: image.height, palette: palette.flat(), points: btoa(bytes)}
}"""


def small(page: Page, picture: bytes) -> bytes:
    """Return a picture with no more than 256 colours; others become the nearest that stays.

    Args:
        page: an empty one, which reads the picture.
        picture: PNG, as a browser takes it.
    """
    read = page.evaluate(_COUNTED, base64.b64encode(picture).decode())
    width, height, points = read["width"], read["height"], base64.b64decode(read["points"])
    rows = b"".join(b"\0" + points[at : at + width] for at in range(0, width * height, width))
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", bytes(read["palette"])),
            _chunk(b"IDAT", zlib.compress(rows, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))
