
// A click on a heading sorts by its column, numbers with the largest on top, names from A; the next click turns it around.
for (const table of document.querySelectorAll("table")) {
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  heads.forEach((head, column) => head.addEventListener("click", () => {
    const key = row => row.cells[column].dataset.n ?? row.cells[column].textContent;
    const isNumber = body.rows.length > 0 && "n" in body.rows[0].cells[column].dataset;
    const first = isNumber ? "descending" : "ascending";
    const order = head.ariaSort === first ? (isNumber ? "ascending" : "descending") : first;
    heads.forEach(other => other.removeAttribute("aria-sort"));
    head.ariaSort = order;
    const sign = order === "ascending" ? 1 : -1;
    const compare = (a, b) => isNumber ? key(a) - key(b) : key(a).localeCompare(key(b));
    body.append(...[...body.rows].sort((a, b) => sign * compare(a, b)));
  }));
}
