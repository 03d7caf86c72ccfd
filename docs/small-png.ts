import { crc32, deflateSync, inflateSync } from "node:zlib";

/**
 * The same picture with 256 colours at most, about a third of the bytes: what pages look like survives it.
 *
 * @param png eight bits per channel, RGB or RGBA, not interlaced, as Chromium writes it; transparency is dropped.
 */
export function smallPng(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png);
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const boxes = cut([...counts.keys()], 256);
  const indexOf = new Map(boxes.flatMap((colours, index) => colours.map((colour) => [colour, index] as const)));
  // Of each box the commonest colour, so that backgrounds stay exactly what they are.
  const palette = boxes.map((colours) =>
    colours.reduce((best, colour) => (counts.get(colour)! > counts.get(best)! ? colour : best)),
  );

  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = indexOf.get(pixels[y * width + x]!)!;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8); // eight bits, palette
  return Buffer.concat([
    png.subarray(0, 8),
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(palette.flatMap(channels))),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const channels = (colour: number) => [colour >> 16, (colour >> 8) & 255, colour & 255] as const;

/** Median cut, always where a channel stretches furthest. */
function cut(colours: number[], most: number): number[][] {
  const boxes = [measured(colours)];
  while (boxes.length < most) {
    const widest = boxes.reduce((best, box) => (box.range > best.range ? box : best));
    if (widest.range === 0) break;
    const middle = widest.low + widest.range / 2;
    const low = widest.colours.filter((colour) => channels(colour)[widest.channel] <= middle);
    const high = widest.colours.filter((colour) => channels(colour)[widest.channel] > middle);
    boxes.splice(boxes.indexOf(widest), 1, measured(low), measured(high));
  }
  return boxes.map((box) => box.colours);
}

function measured(colours: number[]) {
  const sides = ([0, 1, 2] as const).map((channel) => {
    let [low, high] = [255, 0];
    for (const colour of colours) {
      low = Math.min(low, channels(colour)[channel]);
      high = Math.max(high, channels(colour)[channel]);
    }
    return { channel, low, range: high - low };
  });
  return { colours, ...sides.reduce((best, side) => (side.range > best.range ? side : best)) };
}

function decode(png: Buffer) {
  const [width, height, bytes] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3];
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString("latin1", at + 4, at + 8) === "IDAT")
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(parts));
  const length = width * bytes;
  const pixels = new Uint32Array(width * height);
  let above = Buffer.alloc(length);
  for (let y = 0; y < height; y++) {
    const start = y * (length + 1);
    const row = raw.subarray(start + 1, start + 1 + length);
    unfilter(row, above, raw[start]!, bytes);
    for (let x = 0; x < width; x++) pixels[y * width + x] = row.readUIntBE(x * bytes, 3);
    above = row;
  }
  return { width, height, pixels };
}

/** Undoes the filter of one row in place (PNG specification, 9.2). */
function unfilter(row: Buffer, above: Buffer, filter: number, bytes: number) {
  for (let i = 0; i < row.length; i++) {
    const left = row[i - bytes] ?? 0;
    const up = above[i]!;
    const corner = above[i - bytes] ?? 0;
    row[i] = row[i]! + [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
  }
}

function paeth(left: number, up: number, corner: number) {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
