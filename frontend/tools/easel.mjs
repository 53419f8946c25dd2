// Where pictures are packed and compared: the canvas of an empty page, so that nothing else has to read their formats.

/** A channel may differ by this much before a pixel counts; packing takes up to 9 of it. */
const NEAR = 24;

/** What the empty page can do. It knows nothing of this file. */
function furnish() {
  const halfOf = (image) => {
    const canvas = new OffscreenCanvas(image.width / 2, image.height / 2);
    const brush = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    brush.imageSmoothingQuality = 'high';
    brush.drawImage(image, 0, 0, canvas.width, canvas.height);
    return { canvas, brush };
  };
  const read = (base64) => createImageBitmap(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]));
  const pack = async (canvas, type) => {
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type, quality: 1 })).arrayBuffer());
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(text);
  };

  /** Half the width and sixteen shades of each channel: a tenth of the size, and words can still be read. */
  window.shrink = async (picture) => {
    const { canvas, brush } = halfOf(await read(picture));
    const pixels = brush.getImageData(0, 0, canvas.width, canvas.height);
    for (let at = 0; at < pixels.data.length; at += 1) pixels.data[at] = Math.round(pixels.data[at] / 17) * 17;
    brush.putImageData(pixels, 0, 0);
    return pack(canvas, 'image/webp');
  };

  window.compare = async (kept, picture, near, most) => {
    const [before, image] = await Promise.all([read(kept), read(picture)]);
    const { canvas, brush } = halfOf(image);
    const { width, height } = canvas;
    const now = brush.getImageData(0, 0, width, height).data;
    brush.drawImage(before, 0, 0);
    const then = brush.getImageData(0, 0, width, height).data;
    const other = before.width !== width || before.height !== height;
    const marks = new ImageData(width, height);
    let count = 0;
    for (let at = 0; at < now.length; at += 4) {
      const far = other || [0, 1, 2].some((channel) => Math.abs(then[at + channel] - now[at + channel]) > near);
      if (far) count += 1;
      marks.data.set(far ? [214, 0, 90, 255] : [246, 246, 246, 255], at);
    }
    const share = count / (width * height);
    if (share <= most) return { share };
    brush.putImageData(marks, 0, 0);
    const wall = new OffscreenCanvas(image.width * 3, image.height);
    const painter = wall.getContext('2d');
    painter.imageSmoothingEnabled = false;
    [before, image, canvas].forEach((one, index) => {
      painter.drawImage(one, index * image.width, 0, image.width, image.height);
    });
    return { share, beside: await pack(wall, 'image/png') };
  };

  /** Whether the page's own typeface is there: with any other, every picture differs. */
  window.hasInter = () => {
    const brush = new OffscreenCanvas(1, 1).getContext('2d');
    const widthIn = (font) => {
      brush.font = `40px ${font}`;
      return brush.measureText('Kontent Connect').width;
    };
    return widthIn('Inter, monospace') !== widthIn('monospace');
  };
}

export async function openEasel(browser) {
  const page = await browser.newPage();
  await page.evaluate(furnish);
  const bytes = (base64) => base64 && Buffer.from(base64, 'base64');
  return {
    hasInter: () => page.evaluate(() => window.hasInter()),

    /** The picture as it is kept. */
    shrink: async (picture) => bytes(await page.evaluate((one) => window.shrink(one), picture.toString('base64'))),

    /** The share of pixels that differ; above the limit also a picture: as it was, as it is, and where they differ. */
    async compare(kept, picture, limit) {
      const asked = [kept.toString('base64'), picture.toString('base64'), NEAR, limit];
      const { share, beside } = await page.evaluate((all) => window.compare(...all), asked);
      return { share, beside: bytes(beside) };
    },
  };
}
