// SPDX-License-Identifier: MIT
// What check-page.py asks of a page in the browser: a list of complaints, empty where all is well.
(() => {
  const complaints = [];
  const name = (element) => `${element.tagName} "${element.textContent.trim().slice(0, 30)}"`;
  const colour = (text) => {
    const numbers = text.match(/[\d.]+/g);
    return numbers && { rgb: numbers.slice(0, 3).map(Number), alpha: numbers.length > 3 ? Number(numbers[3]) : 1 };
  };
  const light = ({ rgb }) => {
    const [red, green, blue] = rgb.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const paint = (element) => {
    const style = getComputedStyle(element);
    if (element instanceof SVGElement && element.tagName !== "svg") {
      return style.fill === "none" ? null : colour(style.fill);
    }
    const ground = colour(style.backgroundColor);
    return ground && ground.alpha > 0 ? ground : null;
  };
  const paper = colour(getComputedStyle(document.body).backgroundColor);
  const visible = (element) => element.getClientRects().length > 0 && element.checkVisibility();

  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    complaints.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);
  }
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    if (["hidden", "clip"].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && !(element instanceof SVGElement)) {
      complaints.push(`${name(element)} is clipped`);
    }
    const box = element.getBoundingClientRect();
    if (visible(element) && !element.closest(".scroll") && (box.right > root.clientWidth + 0.5 || box.left < -0.5)) {
      complaints.push(`${name(element)} reaches beyond the page`);
    }
  }

  const overlap = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 0.5 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 2.5;
  for (const svg of document.querySelectorAll("svg")) {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")];
    const boxes = texts.map((text) => text.getBoundingClientRect());
    texts.forEach((text, i) => {
      const box = boxes[i];
      if (box.left < frame.left - 0.5 || box.right > frame.right + 0.5 || box.top < frame.top - 1.5 || box.bottom > frame.bottom + 1.5) {
        complaints.push(`${svg.id}: ${name(text)} reaches beyond the picture`);
      }
      if (box.height < 9) {
        complaints.push(`${svg.id}: ${name(text)} is only ${box.height.toFixed(1)} high`);
      }
      for (let k = 0; k < i; k++) {
        if (overlap(box, boxes[k])) {
          complaints.push(`${svg.id}: ${name(text)} lies over ${name(texts[k])}`);
        }
      }
      const ink = colour(getComputedStyle(text).fill);
      for (let part = 0; part <= 8; part++) {
        const x = box.left + 0.5 + ((box.width - 1) * part) / 8;
        const below = document.elementsFromPoint(x, box.top + box.height / 2).filter((element) => element.tagName !== "text");
        const ground = below.map(paint).find((found) => found) || paper;
        if (contrast(ink, ground) < 4.5) {
          complaints.push(`${svg.id}: ${name(text)} has a contrast of ${contrast(ink, ground).toFixed(2)}`);
          break;
        }
      }
    });
    for (const shape of svg.querySelectorAll(".time, .force, .spot, .left, .right, .centre")) {
      if (contrast(colour(getComputedStyle(shape).fill), paper) < 3 && !shape.classList.contains("cut")) {
        complaints.push(`${svg.id}: a shape "${shape.getAttribute("class")}" is hardly seen`);
      }
    }
    if (!svg.querySelector("title").textContent || !svg.querySelector("desc").textContent) {
      complaints.push(`${svg.id} has no title or no words`);
    }
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || element.closest("svg") || !visible(element)) {
      continue;
    }
    texts++;
    let ground = null;
    for (let at = element; at && !ground; at = at.parentElement) {
      ground = paint(at);
    }
    const ratio = contrast(colour(getComputedStyle(element).color), ground || paper);
    if (ratio < 4.5) {
      complaints.push(`${name(element)} has a contrast of ${ratio.toFixed(2)}`);
    }
  }
  const levels = [...document.querySelectorAll("h1, h2, h3, h4")].map((head) => Number(head.tagName[1]));
  levels.forEach((level, i) => {
    if (level > (i ? levels[i - 1] : 0) + 1) {
      complaints.push(`heading ${i + 1} skips a level`);
    }
  });
  if (document.scripts.length || !root.lang || texts < 10) {
    complaints.push(`${document.scripts.length} scripts, language "${root.lang}", ${texts} texts`);
  }
  return complaints;
})();
