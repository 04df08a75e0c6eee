// What a page makes of our displays: every complaint in one list, and how much was looked at.
function measure(page, isDark) {
  const document = page.document, problems = [], counts = {};
  const count = (name) => { counts[name] = (counts[name] || 0) + 1; };
  const style = (element) => page.getComputedStyle(element);
  const named = (element) =>
    `${element.tagName.toLowerCase()}.${element.className} "${element.textContent.trim().slice(0, 30)}"`;
  const isShown = (element) => element.getClientRects().length > 0;

  const rgb = (text) => {
    const [r, g, b, a] = text.match(/[0-9.]+/g).map(Number);
    return { r, g, b, a: a === undefined ? 1 : a };
  };
  const luminance = ({ r, g, b }) => [r, g, b]
    .map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let up = element; up; up = up.parentElement) {
      const colour = rgb(style(up).backgroundColor);
      if (colour.a > 0) return colour;
    }
    return { r: 255, g: 255, b: 255, a: 1 };
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  for (const sheet of document.querySelectorAll(".budgetperf")) {
    count("sheets");
    const isLight = luminance(ground(sheet)) > 0.5;
    if (isLight === isDark) problems.push(`the sheet is ${isLight ? "light" : "dark"}`);
    for (const details of sheet.querySelectorAll("details")) details.open = true;
    for (const cell of sheet.querySelectorAll("td, th")) {
      const isNumber = cell.classList.contains("bp-number");
      count(isNumber ? "numbers" : "words");
      const align = style(cell).textAlign;
      if (isNumber !== (align === "right") || (!isNumber && align !== "left"))
        problems.push(`${align}-aligned: ${named(cell)}`);
      if (parseFloat(style(cell).fontSize) < 12) problems.push(`small: ${named(cell)}`);
      if (cell.scrollWidth > cell.clientWidth + 1) problems.push(`cut: ${named(cell)}`);
    }
    for (const row of sheet.querySelectorAll("tr")) {
      count("rows");
      if (rgb(style(row).backgroundColor).a > 0) problems.push(`striped: ${named(row)}`);
    }
    for (const table of sheet.querySelectorAll("table")) {
      count("tables");
      const layout = table.classList.contains("bp-findings") ? "fixed" : "auto";
      if (style(table).tableLayout !== layout) problems.push(`layout: ${named(table)}`);
      if (style(table).fontSize !== style(sheet).fontSize) problems.push(`size: ${named(table)}`);
    }
    const { left, right } = sheet.getBoundingClientRect();
    for (const element of sheet.querySelectorAll("*")) {
      if (!isShown(element) || element.closest(".bp-scroll table")) continue;
      const box = element.getBoundingClientRect();
      count("boxes");
      if (box.right > right + 1 || box.left < left - 1) problems.push(`sticks out: ${named(element)}`);
    }
    for (const element of sheet.querySelectorAll("*")) {
      if (element.closest("svg, style") || !isShown(element)) continue;
      if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
      count("texts");
      const found = contrast(rgb(style(element).color), ground(element));
      if (found < 4.5) problems.push(`contrast ${found.toFixed(2)}: ${named(element)}`);
    }
    for (const word of sheet.querySelectorAll("svg text")) {
      if (!isShown(word)) continue;
      count("labels");
      const paper = word.ownerSVGElement.querySelector("rect");
      const found = contrast(rgb(style(word).fill), rgb(style(paper).fill));
      if (found < 4.5) problems.push(`contrast ${found.toFixed(2)}: ${named(word)}`);
      const box = word.getBoundingClientRect(), picture = word.ownerSVGElement.getBoundingClientRect();
      if (box.left < picture.left - 1 || box.right > picture.right + 1)
        problems.push(`label cut: ${named(word)}`);
    }
    for (const picture of sheet.querySelectorAll("svg")) {
      if (!isShown(picture)) continue;
      const words = [...picture.querySelectorAll("text")].map((word) => [word, word.getBoundingClientRect()]);
      for (const [i, [word, a]] of words.entries())
        for (const [other, b] of words.slice(i + 1))
          if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3)
            problems.push(`labels overlap: ${named(word)} and ${named(other)}`);
    }
  }
  const width = document.documentElement.scrollWidth;
  if (width > page.innerWidth + 1) problems.push(`the page is ${width} wide in ${page.innerWidth}`);
  return { problems: [...new Set(problems)], counts, width: page.innerWidth };
}
