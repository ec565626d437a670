// Every text that can be seen, against what is under it (WCAG 2.2, 1.4.3).
() => {
  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const read = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return { r: r / 255, g: g / 255, b: b / 255, a: a / 255 };
  };
  const over = (top, under) => ({
    r: top.r * top.a + under.r * (1 - top.a),
    g: top.g * top.a + under.g * (1 - top.a),
    b: top.b * top.a + under.b * (1 - top.a),
    a: 1,
  });
  const light = ({ r, g, b }) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  // What is under a text; undefined where it is a picture.
  const ground = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.backgroundImage !== 'none') return undefined;
      const color = read(style.backgroundColor);
      layers.push(color);
      if (color.a === 1) break;
      if (style.position === 'absolute' && one.parentElement?.querySelector(':scope > video')) return undefined;
    }
    return layers.reduceRight((under, top) => over(top, under), { r: 1, g: 1, b: 1, a: 1 });
  };
  const wrong = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.trim();
    const element = node.parentElement;
    if (text === '' || !element?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    // Hidden on purpose, or out of use: there is no rule for these (WCAG 1.4.3).
    if (element.closest('.tv-visually-hidden, [inert], :disabled, [data-disabled], [aria-disabled="true"]')) continue;
    const style = getComputedStyle(element);
    const under = ground(element);
    if (!under) continue;
    const [one, other] = [light(over(read(style.color), under)), light(under)];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 600);
    if (ratio < (large ? 3 : 4.5)) wrong.add(`contrast ${ratio.toFixed(2)} of "${text.slice(0, 40)}"`);
  }
  return [...wrong];
}
